/** Posts a text to a webhook of a chat. Its address is a secret: messages show its host only. */
import pRetry, { AbortError } from 'p-retry'
import { SourceUnavailableError, UsageError } from '../core/errors.ts'
import { redacted } from '../core/secrets.ts'
import { chatText } from './chat-text.ts'
import { acceptSecret } from './secret.ts'

const timeoutMs = 10_000
const retries = 3

const isOnThisMachine = (hostname: string) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** The address without its user part, and the header that carries the user part instead: fetch refuses it in an address. */
const requestOf = (address: string): { url: URL; headers: Record<string, string> } => {
  const url = new URL(address)
  const user = [url.username, url.password].map(decodeURIComponent).join(':')
  url.username = ''
  url.password = ''
  const authorization = user === ':' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
  return { url, headers: { 'content-type': 'application/json; charset=utf-8', ...authorization } }
}

/** As JSON with the member `text`, which Slack, Mattermost and Google Chat take. Redirects are refused. */
export const postToWebhook = async (given: string, text: string): Promise<void> => {
  const address = acceptSecret('PRECURSOR_WEBHOOK', given) ?? ''
  if (!URL.canParse(address)) throw new UsageError('PRECURSOR_WEBHOOK must be an address, such as https://…')
  const { url, headers } = requestOf(address)
  if (url.protocol !== 'https:' && !isOnThisMachine(url.hostname))
    throw new UsageError(`PRECURSOR_WEBHOOK: ${url.host} is not asked over ${url.protocol}//; use https`)
  const attempt = async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ text: chatText(text) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    if (response.ok) return
    const answer = new Error(`HTTP ${response.status}`)
    throw response.status === 429 || response.status >= 500 ? answer : new AbortError(answer)
  }
  try {
    await pRetry(attempt, { retries, minTimeout: 500, maxTimeout: 5_000, randomize: true })
  } catch (error) {
    const { message } = error as Error
    throw new SourceUnavailableError(`the webhook at ${url.host} did not take the message: ${redacted(message)}`)
  }
}
