/** Posts a text to a webhook of a chat. Its address is a secret: no message of ours shows more of it than the host. */
import pRetry, { AbortError } from 'p-retry'
import { SourceUnavailableError, UsageError } from '../core/errors.ts'

const timeoutMs = 10_000
const retries = 3

const isOnThisMachine = (hostname: string) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** As JSON with the member `text`, which Slack, Mattermost and Google Chat take. Redirects are refused. */
export const postToWebhook = async (address: string, text: string): Promise<void> => {
  if (!URL.canParse(address)) throw new UsageError('PRECURSOR_WEBHOOK is no address: expected https://…')
  const url = new URL(address)
  if (url.protocol !== 'https:' && !isOnThisMachine(url.hostname))
    throw new UsageError(`PRECURSOR_WEBHOOK: ${url.host} is not asked over ${url.protocol}//; use https`)
  const attempt = async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ text }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    if (response.ok) return
    const said = new Error(`HTTP ${response.status}`)
    throw response.status === 429 || response.status >= 500 ? said : new AbortError(said)
  }
  try {
    await pRetry(attempt, { retries, minTimeout: 500, maxTimeout: 5_000, randomize: true })
  } catch (error) {
    const { message } = error as Error
    const reason = message.includes(url.pathname) && url.pathname.length > 1 ? 'no answer' : message
    throw new SourceUnavailableError(`the webhook at ${url.host} did not take the message: ${reason}`)
  }
}
