/** HTTP for both platforms: host allow-list, checked redirects, size limit, time-out, retries with back-off. */
import pRetry, { AbortError } from 'p-retry'
import pThrottle from 'p-throttle'
import { SourceChangedError, SourceUnavailableError, UsageError } from '../core/errors.ts'
import type { HttpRequest, HttpResponse } from '../core/platform.ts'
import { redacted, redactedBytes, rememberSecret } from '../core/secrets.ts'
import { meaningOf } from '../core/system-errors.ts'
import { type Reachability, reachability } from './reachability.ts'

const timeoutMs = 30_000
const maxRedirects = 5
const retries = 4
/** Without a network a run ends soon: a host is asked twice more at most, and not again if the first attempt took long. */
const retriesUnreached = 2
const longAttemptMs = 5_000
/** A request with one of these errors has not reached the host. */
const unreached = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** Statuses that a later attempt may change. */
const isTransient = (status: number) => status === 429 || status >= 500

export type Secrets = (name: string) => Promise<string | undefined>

type Turn = () => Promise<void>

/** GETs resources, each host at its own pace. Any final status is returned; no answer at all is a SourceUnavailableError. */
export const httpClient = (secrets: Secrets): ((request: HttpRequest) => Promise<HttpResponse>) => {
  const turns = new Map<string, Turn>()
  const network = reachability()
  return (request) => {
    const { host } = new URL(request.url)
    const turn = turns.get(host) ?? paced(request.rate)
    turns.set(host, turn)
    return get(request, secrets, turn, network)
  }
}

const paced = ({ requests, seconds }: HttpRequest['rate']): Turn =>
  pThrottle({ limit: requests, interval: seconds * 1000, strict: true })(async () => {})

const get = async (
  request: HttpRequest,
  secrets: Secrets,
  turn: Turn,
  network: Reachability,
): Promise<HttpResponse> => {
  const { url, headers } = await withSecret(request, secrets)
  if (!(await network.mayTry(url.host)))
    throw new SourceUnavailableError(
      `${request.url} was not reached: no other host was reached either; check the network and try again later`,
      false,
    )
  const began = performance.now()
  let isMyTurn = false
  const attempt = async () => {
    // A host that was not reached has not counted the request, so that the pace does not delay the next attempt.
    if (!isMyTurn) await turn()
    isMyTurn = true
    const found = await follow(url, headers, request).catch((error: unknown) => {
      isMyTurn = isUnreached(error)
      throw error
    })
    isMyTurn = false
    network.answered()
    const response = withoutSecrets(found)
    if (!isTransient(response.status)) return response
    const wait = Number(response.headers['retry-after'])
    if (wait > 0 && wait <= 60) await new Promise((resolve) => setTimeout(resolve, wait * 1000))
    throw Object.assign(new Error(`HTTP ${response.status}`), { response })
  }
  try {
    const response = await pRetry(attempt, {
      retries,
      minTimeout: 500,
      maxTimeout: 10_000,
      randomize: true,
      shouldRetry: ({ error, attemptNumber }) =>
        !isUnreached(error) || (attemptNumber <= retriesUnreached && performance.now() - began < longAttemptMs),
    })
    network.ended(url.host, false)
    return response
  } catch (error) {
    network.ended(url.host, isUnreached(error))
    if (error instanceof SourceChangedError) throw error
    const last = (error as { response?: HttpResponse }).response
    if (last) return last
    throw new SourceUnavailableError(`${request.url} was not reached: ${reason(error)}; try again later`, false)
  }
}

const codeOf = (error: unknown): string | undefined => (error as { cause?: { code?: string } }).cause?.code

const isUnreached = (error: unknown): boolean => unreached.includes(codeOf(error) ?? '')

const reason = (error: unknown) => {
  const code = codeOf(error)
  const cause = (error as { cause?: { message?: string } }).cause
  return redacted(code === undefined ? (cause?.message ?? (error as Error).message) : meaningOf(code))
}

const withSecret = async (request: HttpRequest, secrets: Secrets) => {
  const url = new URL(request.url)
  const headers: Record<string, string> = { ...request.headers }
  const place = request.secret
  if (place) {
    const value = await secrets(place.name)
    if (!value) throw new SourceUnavailableError(`${request.url} needs the key ${place.name}, which is not set`)
    if (place.query) url.searchParams.set(place.query, value)
    const [first, second] = place.secondHeader ? pairOf(place.name, value) : [value]
    if (place.header) headers[place.header] = `${place.prefix ?? ''}${first}`
    if (place.secondHeader) headers[place.secondHeader] = second!
  }
  return { url, headers }
}

const pairOf = (name: string, value: string): readonly [string, string] => {
  const at = value.indexOf(':')
  if (at < 1 || at === value.length - 1)
    throw new UsageError(`${name} is not a pair: write the id of the key, a colon and its secret`)
  const parts = [value.slice(0, at), value.slice(at + 1)] as const
  for (const part of parts) rememberSecret(part)
  return parts
}

/** The answer as it is stored: a provider that repeats the key in it must not put the key into the lake. */
const withoutSecrets = ({ status, headers, body }: HttpResponse): HttpResponse => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redacted(value)])),
  body: redactedBytes(body),
})

/** An error that retrying cannot fix. */
const refusal = (request: HttpRequest, what: string) =>
  new AbortError(new SourceChangedError(`${request.url}: ${what}`))

const follow = async (start: URL, headers: Record<string, string>, request: HttpRequest): Promise<HttpResponse> => {
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    if (url.protocol !== 'https:' || !request.hosts.includes(url.hostname)) {
      throw refusal(
        request,
        `${url.protocol}//${url.hostname} is not among the allowed hosts ${request.hosts.join(', ')}`,
      )
    }
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel()
      url = new URL(location, url)
      continue
    }
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await limited(response, request),
    }
  }
  throw refusal(request, `more than ${maxRedirects} redirects`)
}

/** Reads the decoded body, and stops when it grows past the limit. */
const limited = async (response: Response, request: HttpRequest): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > request.maxBytes) throw refusal(request, `the answer is larger than ${request.maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
