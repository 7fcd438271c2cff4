/** Fetch: asks a source for sessions and stores every response in bronze, whatever its content. */

import { newYorkDate, sessionOffset } from '../../calendar/sessions.ts'
import { ContractError, messageOf, SourceChangedError, SourceUnavailableError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { tradedSince } from '../../core/universe.ts'
import { everyRequest } from '../../schemas/tables/payloads.ts'
import type { Request, Source, Window } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { withinSeconds } from '../landing/bounded.ts'
import {
  type BronzeRecord,
  isUnanswered,
  keep,
  payloadOf,
  readBody,
  readRecord,
  recordKeys,
  type Unanswered,
} from './bronze.ts'

/** The window of an evening: the session and some sessions before it, so that gaps are filled and corrections are seen. */
export const eveningWindow = (source: Source, session: string): Window => ({
  from: sessionOffset(session, -source.lookBack)?.session ?? session,
  to: session,
})

/** What to ask a source for. */
export interface Asked extends Window {
  /** Macro releases to ask for, instead of all releases of the universe. */
  readonly releases?: readonly string[]
  /** Symbols not to ask for, because they no longer trade. */
  readonly ended?: readonly string[]
}

export interface FetchLimits {
  /** Responses stored since then are reused, so that an interrupted fetch resumes. */
  readonly since?: Date
  /** No request starts after this instant. */
  readonly until?: Date
}

export interface Fetched {
  /** One message per request that failed. */
  readonly failures: readonly string[]
  /** The requests that the source did not answer, whether they were sent or not. */
  readonly unanswered: readonly Unanswered[]
  /** Whether a later attempt may succeed. */
  readonly isTransient: boolean
  /** Whether time ran out before every request was sent. */
  readonly isPartial: boolean
}

/** Sends every request of the source for the window, and every request that follows from a response. */
export const fetchSource = async (
  lake: Lake,
  source: Source,
  asked: Asked,
  { since, until }: FetchLimits = {},
): Promise<Fetched> => {
  const { platform } = lake
  const { from, to, releases, ended } = asked
  const window: Window = { from, to }
  const traded = tradedSince(lake.universe, from, ended)
  const universe = releases ? { ...traded, releases: [...releases] } : traded
  const failures: string[] = []
  const unanswered: Unanswered[] = []
  const fail = (key: string, error: unknown) => {
    const message = messageOf(error)
    failures.push(message)
    if (isOfSource(error)) unanswered.push({ key, error: message })
  }
  let isTransient = false
  let isPartial = false
  const done = (): Fetched => ({ failures, unanswered, isTransient, isPartial })
  const queue: Request[] = []
  try {
    const hasSecret = source.secret ? Boolean(await platform.secret(source.secret.name)) : false
    if (source.secret?.required && !hasSecret) return done()
    queue.push(...source.request(window, { universe, hasSecret, today: newYorkDate(platform.now()) }))
  } catch (error) {
    fail(everyRequest, error)
    return done()
  }
  const kept = since ? await storedBetween(platform.store, source.name, since, platform.now()) : noRecords
  for (let i = 0; i < queue.length; i++) {
    platform.progress.step(`${source.name}: fetching`, i, queue.length)
    const request = queue[i]!
    const earlier = addressesOf(request)
      .map((url) => kept.get(questionOf({ key: request.key, url })))
      .find((each) => each !== undefined)
    if (!earlier && until && platform.now() >= until) {
      isPartial = true
      break
    }
    try {
      const record = earlier ?? (await fetchOne(lake, source, request, window))
      queue.push(...(await following(lake, source, record, window)))
    } catch (error) {
      fail(request.key, error)
      isTransient ||= error instanceof SourceUnavailableError
      platform.log.warn({ source: source.name, key: request.key }, messageOf(error))
      const left = queue.length - i - 1
      if (error instanceof SourceUnavailableError && !error.isReached && left > 0) {
        const reason = `${source.name}: ${left} further requests were not tried, since it cannot be reached`
        failures.push(reason)
        unanswered.push({ key: everyRequest, error: reason })
        break
      }
    }
  }
  return done()
}

/** True if the source is to blame. An answer that the lake could not store is not recorded: the next evening stores it. */
const isOfSource = (error: unknown) => error instanceof SourceUnavailableError || error instanceof SourceChangedError

/** The addresses of a request, in the order in which they are asked. */
const addressesOf = ({ url, alternatives = [] }: Request): readonly string[] => [url, ...alternatives]

const questionOf = ({ key, url }: { readonly key: string; readonly url?: string }) => `${key} ${url}`

const noRecords: ReadonlyMap<string, BronzeRecord> = new Map()

const unlessDamaged = (error: unknown): [] => {
  if (!(error instanceof ContractError)) throw error
  return []
}

/** Responses of a source that were stored between two instants, by the request they answer. */
const storedBetween = async (store: ObjectStore, source: string, since: Date, now: Date) => {
  const [from, to] = [since.toISOString(), now.toISOString()]
  const keys = await Promise.all(utcDays(since, now).map((day) => recordKeys(store, source, day)))
  // Nobody can read which request a damaged record belongs to, so the request is sent again.
  const records = await Promise.all(keys.flat().map((key) => readRecord(store, key).catch(unlessDamaged)))
  const answers = records.flat().filter((each) => !isUnanswered(each))
  const between = answers.filter(({ fetched_at }) => fetched_at >= from && fetched_at <= to)
  return new Map(between.map((each) => [questionOf(each), each]))
}

const dayMs = 86_400_000
const utcDays = (from: Date, to: Date): string[] => {
  const [first, last] = [from, to].map((instant) => Math.floor(instant.getTime() / dayMs)) as [number, number]
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    new Date((first + i) * dayMs).toISOString().slice(0, 10),
  )
}

/** Sends one request, to its other addresses too if need be, and stores the response. */
const fetchOne = async (lake: Lake, source: Source, request: Request, window: Window): Promise<BronzeRecord> => {
  const addresses = addressesOf(request)
  for (const url of addresses.slice(0, -1)) {
    const record = await fetchFrom(lake, source, request, url, window, (status) => status === 200).catch(
      (error: unknown) => {
        if (!(error instanceof SourceUnavailableError)) throw error
        return undefined
      },
    )
    if (record) return record
  }
  return (await fetchFrom(lake, source, request, addresses.at(-1)!, window, () => true))!
}

/** Asks one address and stores the response if its status is accepted. */
const fetchFrom = async (
  { platform }: Lake,
  source: Source,
  request: Request,
  url: string,
  window: Window,
  accepts: (status: number) => boolean,
): Promise<BronzeRecord | undefined> => {
  const response = await platform.fetch({
    url,
    headers: { ...source.headers, ...request.headers },
    ...(request.secret ? { secret: request.secret } : {}),
    hosts: source.hosts,
    maxBytes: source.maxBytes,
    rate: source.rate,
  })
  if (response.status === 429 || response.status >= 500) {
    throw new SourceUnavailableError(
      `${source.name} ${request.key}: HTTP ${response.status} from ${url}; try again later`,
    )
  }
  if (!accepts(response.status)) return undefined
  return keep(
    platform.store,
    {
      source: source.name,
      key: request.key,
      fetched_at: platform.now().toISOString(),
      extension: source.extension,
      status: response.status,
      headers: response.headers,
      url,
      asked_to: window.to,
    },
    response.body,
  )
}

/** Follow-up requests that a response calls for (next pages, linked documents). */
const following = async (lake: Lake, source: Source, record: BronzeRecord, window: Window): Promise<Request[]> => {
  if (record.status !== 200 || !source.follow) return []
  const { follow, name, maxBytes, decodeSeconds } = source
  try {
    const payload = { ...payloadOf(record, await readBody(lake.platform.store, record, maxBytes)), maxBytes }
    return await withinSeconds(decodeSeconds, `${name} ${record.key} (${record.body})`, () =>
      follow(payload, window, lake),
    )
  } catch {
    // A response that cannot be read is refused with its reason when it lands.
    return []
  }
}
