// Loaded into the emulator's functions, and nowhere else: what they ask of the sources goes to the replay server.
const replay = process.env.TEST_REPLAY_SERVER
const real = globalThis.fetch

globalThis.fetch = (resource, init) => {
  const url = new URL(resource instanceof Request ? resource.url : resource)
  if (!replay || url.protocol !== 'https:') return real(resource, init)
  return real(new URL(url.pathname + url.search, replay), {
    ...init,
    headers: { ...init?.headers, 'x-replayed-url': url.href },
  })
}
