/** Fetching: asks a source for sessions and keeps every answer in bronze, whatever it is. */
import type { Request, Source, Window } from '../sources/source.ts'
import { keep, payloadOf } from './bronze.ts'
import { sessionOffset } from './calendar/sessions.ts'
import { messageOf, SourceUnavailableError } from './errors.ts'
import type { Lake } from './lake.ts'

/** The window of an evening: the session and some before it, so that gaps heal and corrections show. */
export const eveningWindow = (source: Source, session: string): Window => ({
  from: sessionOffset(session, -source.lookBack)?.session ?? session,
  to: session,
})

/** Fetches all that the source offers for the window. Returns one message per request without an answer. */
export const fetchSource = async (lake: Lake, source: Source, window: Window): Promise<string[]> => {
  const { platform, universe } = lake
  const hasSecret = source.secret ? Boolean(await platform.secret(source.secret.name)) : false
  if (source.secret?.required && !hasSecret) return []
  const failures: string[] = []
  const queue: Request[] = []
  try {
    queue.push(...source.request(window, { universe, hasSecret }))
  } catch (error) {
    return [messageOf(error)]
  }
  for (let i = 0; i < queue.length; i++) {
    platform.progress.step(`${source.name}: fetching`, i, queue.length)
    try {
      queue.push(...(await fetchOne(lake, source, queue[i]!, window)))
    } catch (error) {
      failures.push(messageOf(error))
      platform.log.warn({ source: source.name, key: queue[i]!.key }, messageOf(error))
      const left = queue.length - i - 1
      if (error instanceof SourceUnavailableError && !error.isReached && left > 0) {
        failures.push(`${source.name}: ${left} further requests were not tried, since it cannot be reached`)
        break
      }
    }
  }
  return failures
}

/** Keeps one answer and names what it makes necessary to ask next. */
const fetchOne = async (lake: Lake, source: Source, request: Request, window: Window): Promise<Request[]> => {
  const { platform } = lake
  const response = await platform.fetch({
    url: request.url,
    headers: { ...source.headers, ...request.headers },
    ...(request.secret ? { secret: request.secret } : {}),
    hosts: source.hosts,
    maxBytes: source.maxBytes,
    rate: source.rate,
  })
  if (response.status === 429 || response.status >= 500) {
    throw new SourceUnavailableError(
      `${source.name} ${request.key}: HTTP ${response.status} from ${request.url}; try again later`,
    )
  }
  const record = await keep(
    platform.store,
    {
      source: source.name,
      key: request.key,
      fetched_at: platform.now().toISOString(),
      extension: source.extension,
      status: response.status,
      headers: response.headers,
      url: request.url,
      asked_to: window.to,
    },
    response.body,
  )
  if (response.status !== 200 || !source.follow) return []
  try {
    return source.follow(payloadOf(record, response.body), window)
  } catch {
    // An answer that cannot be read is refused, with its reason, when it lands.
    return []
  }
}
