/** Fetching: asks a source for sessions and keeps every answer in bronze, whatever it is. */

import { sessionOffset } from '../../calendar/sessions.ts'
import { messageOf, SourceUnavailableError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import type { Request, Source, Window } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { type BronzeRecord, bronzePrefix, keep, payloadOf, readBody, readRecord, recordKeys } from './bronze.ts'

/** The window of an evening: the session and some before it, so that gaps heal and corrections show. */
export const eveningWindow = (source: Source, session: string): Window => ({
  from: sessionOffset(session, -source.lookBack)?.session ?? session,
  to: session,
})

/** What to ask a source for. */
export interface Asked extends Window {
  /** Macro releases to ask for, instead of all releases of the universe. */
  readonly releases?: readonly string[]
}

export interface FetchLimits {
  /** Responses stored since then are reused, so that an interrupted fetch resumes. */
  readonly since?: Date
  /** No request starts after this instant. */
  readonly until?: Date
}

export interface Fetched {
  /** One message per request without an answer. */
  readonly failures: readonly string[]
  /** Whether a later try may get what failed. */
  readonly isTransient: boolean
  /** Whether time ran out before everything was asked for. */
  readonly isPartial: boolean
}

/** Fetches all that the source offers for the window. */
export const fetchSource = async (
  lake: Lake,
  source: Source,
  asked: Asked,
  { since, until }: FetchLimits = {},
): Promise<Fetched> => {
  const { platform } = lake
  const { from, to, releases } = asked
  const window: Window = { from, to }
  const universe = releases ? { ...lake.universe, releases: [...releases] } : lake.universe
  const hasSecret = source.secret ? Boolean(await platform.secret(source.secret.name)) : false
  const failures: string[] = []
  let isTransient = false
  let isPartial = false
  const done = (): Fetched => ({ failures, isTransient, isPartial })
  if (source.secret?.required && !hasSecret) return done()
  const queue: Request[] = []
  try {
    queue.push(...source.request(window, { universe, hasSecret }))
  } catch (error) {
    failures.push(messageOf(error))
    return done()
  }
  const kept = since ? await keptSince(platform.store, source.name, since) : new Map<string, BronzeRecord>()
  for (let i = 0; i < queue.length; i++) {
    platform.progress.step(`${source.name}: fetching`, i, queue.length)
    const request = queue[i]!
    const earlier = kept.get(questionOf(request))
    if (!earlier && until && platform.now() >= until) {
      isPartial = true
      break
    }
    try {
      const record = earlier ?? (await fetchOne(lake, source, request, window))
      queue.push(...(await following(lake, source, record, window)))
    } catch (error) {
      failures.push(messageOf(error))
      isTransient ||= error instanceof SourceUnavailableError
      platform.log.warn({ source: source.name, key: request.key }, messageOf(error))
      const left = queue.length - i - 1
      if (error instanceof SourceUnavailableError && !error.isReached && left > 0) {
        failures.push(`${source.name}: ${left} further requests were not tried, since it cannot be reached`)
        break
      }
    }
  }
  return done()
}

const questionOf = ({ key, url }: { readonly key: string; readonly url?: string }) => `${key} ${url}`

const keptSince = async (store: ObjectStore, source: string, since: Date) => {
  const from = since.toISOString()
  const keys = (await recordKeys(store, source)).filter((key) => key >= `${bronzePrefix(source)}${from.slice(0, 10)}`)
  const records = await Promise.all(keys.map((key) => readRecord(store, key)))
  return new Map(records.filter((each) => each.fetched_at >= from).map((each) => [questionOf(each), each]))
}

/** Asks, and keeps the answer. */
const fetchOne = async (
  { platform }: Lake,
  source: Source,
  request: Request,
  window: Window,
): Promise<BronzeRecord> => {
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
  return keep(
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
}

/** What an answer makes necessary to ask next. */
const following = async (lake: Lake, source: Source, record: BronzeRecord, window: Window): Promise<Request[]> => {
  if (record.status !== 200 || !source.follow) return []
  try {
    return source.follow(payloadOf(record, await readBody(lake.platform.store, record)), window)
  } catch {
    // An answer that cannot be read is refused, with its reason, when it lands.
    return []
  }
}
