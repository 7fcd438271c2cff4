# The evenings on a machine of your own: `docker compose up -d` (docs/operations.md).
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY adapters ./adapters
COPY calendar ./calendar
COPY cli ./cli
COPY core ./core
COPY evaluate ./evaluate
COPY evening ./evening
COPY pipeline ./pipeline
COPY samples ./samples
COPY schemas ./schemas
COPY sources ./sources
COPY bin ./bin
RUN node bin/compile.mjs dist

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production TZ=America/New_York PRECURSOR_LAKE=/lake
WORKDIR /precursor
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/bin ./bin
COPY --from=build /build/dist ./dist
COPY --from=build /build/samples/universe.json ./samples/universe.json
# The user node is part of the image. A new volume takes the owner of the folder that it is mounted on.
RUN mkdir /lake /work && chown node:node /lake /work && ln -s /precursor/bin/precursor.mjs /usr/local/bin/precursor
USER node
WORKDIR /work
VOLUME /lake
ENTRYPOINT ["precursor"]
CMD ["schedule", "follow"]
