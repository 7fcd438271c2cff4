/** Keys and addresses of webhooks: no log, error, table or stored answer shows them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { httpClient } from '../../adapters/http.ts'
import { acceptSecret } from '../../adapters/secret.ts'
import { postToWebhook } from '../../adapters/webhook.ts'
import { messageOf } from '../../core/errors.ts'
import { redactError, redacted, redactedBytes } from '../../core/secrets.ts'
import { newFolder, openTestLake, writeInput } from '../support/lake.ts'
import { precursor, precursorBeside } from '../support/precursor.ts'

afterEach(() => vi.unstubAllGlobals())

const base64 = (text: string) => Buffer.from(text).toString('base64')
/** All that a provider, a library or a log may make of a secret. */
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  new URLSearchParams({ k: secret }).toString().slice(2),
  JSON.stringify(secret).slice(1, -1),
  base64(secret),
  base64(`someone:${secret}`),
  base64(`${secret}:`),
]

describe('a secret', () => {
  it.each(['pl41n-key-1', 'a+b/c=d&e f-2', 'quote"back\\slash-3', 'ünï-code-k€y-4', "it's<html>-5"])(
    '%s is redacted in every form',
    (secret) => {
      acceptSecret('KEY', secret)
      for (const form of formsOf(secret)) {
        const text = redacted(`before ${form} after`)
        expect(text).toMatch(/^before \S* ?.*after$/)
        expect(text).not.toContain(form)
        expect(text).toContain('[redacted]')
      }
      expect(Buffer.from(redactedBytes(Buffer.from(`{"key":"${secret}"}`))).toString()).toBe('{"key":"[redacted]"}')
    },
  )

  it('is taken without the space around it', () => {
    expect(acceptSecret('KEY', '  sp4ce-around-6 \r\n')).toBe('sp4ce-around-6')
    expect(acceptSecret('KEY', ' \n')).toBeUndefined()
    expect(acceptSecret('KEY', undefined)).toBeUndefined()
  })

  it.each(['two\nlines-of-key-7', 'esc\u001b-key-8', 'nul\u0000-key-9', 'c1\u0085-key-10'])(
    'with a control character is refused by name (%j)',
    (secret) => {
      let error: unknown
      try {
        acceptSecret('FRED_API_KEY', secret)
      } catch (thrown) {
        error = thrown
      }
      expect(messageOf(error)).toBe(
        'UsageError: FRED_API_KEY contains a control character, such as a line break: set it again',
      )
      for (const part of [secret, ...secret.split(/\p{Cc}/u).filter((each) => each.length > 3)])
        expect(redacted(`x ${part} x`)).not.toContain(part)
    },
  )

  it('is taken out of an error with its causes and stack', () => {
    acceptSecret('KEY', 'c4use-of-error-11')
    const error = redactError(new Error('no c4use-of-error-11', { cause: new Error('c4use-of-error-11!') }))
    expect(`${error.message} ${error.stack} ${(error.cause as Error).stack}`).not.toContain('c4use')
  })
})

describe('an address with a user part', () => {
  it('is shown without it, known or not', () => {
    expect(redacted('GET https://user:s3cret@host.example/a?b=c failed')).toBe(
      'GET https://[redacted]@host.example/a?b=c failed',
    )
    expect(redacted('postgres://me@db/x and mailto:me@example.com')).toBe(
      'postgres://[redacted]@db/x and mailto:me@example.com',
    )
  })

  it('of a webhook is sent as an authorization, and no error shows any of it', async () => {
    const address = 'https://hook%2Duser:p%40ss-w0rd@chat.example/services/T1/B2/s3gment-12345?token=t0ken-of-hook'
    const asked: { url: string; headers: Record<string, string> }[] = []
    vi.stubGlobal('fetch', async (url: URL, init: { headers: Record<string, string> }) => {
      asked.push({ url: String(url), headers: init.headers })
      throw new Error(`cannot post to ${url} ${JSON.stringify(init.headers)} ${address} p@ss-w0rd`)
    })
    const failure = await postToWebhook(`${address}\n`, 'text').catch((error: Error) => error)
    expect(asked[0]).toMatchObject({
      url: 'https://chat.example/services/T1/B2/s3gment-12345?token=t0ken-of-hook',
      headers: { authorization: `Basic ${base64('hook-user:p@ss-w0rd')}` },
    })
    const message = messageOf(failure)
    expect(message).toMatch(/the webhook at chat\.example did not take the message/)
    expect(message).not.toMatch(/s3gment|t0ken|w0rd|hook%2Duser|hook-user|aG9va/)
  }, 60_000)
})

describe('a request with a key', () => {
  const secret = 'k3y+with/odd=signs-13'
  const request = {
    url: 'https://good.example/a',
    hosts: ['good.example'],
    maxBytes: 1000,
    rate: { requests: 1000, seconds: 1 },
    secret: { name: 'KEY', query: 'api_key' },
  }

  it('whose answer repeats the key is stored without it', async () => {
    vi.stubGlobal('fetch', async (url: URL) => {
      const body = JSON.stringify({ asked: String(url), key: acceptSecret('KEY', secret) })
      return new Response(body, { status: 403, headers: { 'x-asked': String(url) } })
    })
    const { headers, body } = await httpClient(async (name) => acceptSecret(name, secret))(request)
    const text = `${JSON.stringify(headers)} ${Buffer.from(body)}`
    for (const form of formsOf(secret)) expect(text).not.toContain(form)
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({
      asked: 'https://good.example/a?api_key=[redacted]',
      key: '[redacted]',
    })
  })

  it('and whose error repeats it is reported without it', async () => {
    vi.stubGlobal('fetch', async (url: URL) => {
      throw new TypeError('fetch failed', { cause: new Error(`no answer from ${url} with ${secret}`) })
    })
    const failure = await httpClient(async (name) => acceptSecret(name, secret))(request).catch((error) => error)
    expect(messageOf(failure)).toMatch(/no answer from/)
    for (const form of formsOf(secret)) expect(messageOf(failure)).not.toContain(form)
  }, 60_000)
})

describe('a lake', () => {
  /** All bytes of a folder, decompressed where they are. */
  const contents = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => {
        const bytes = readFileSync(path)
        return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
      })
      .join('\n')

  it('holds no key, whatever a provider answers, and neither does what is printed', async () => {
    const [fred, tiingo] = ['fr3d+key/of=test-14', 'ti1ngo key&of test-15']
    // Every request is answered with itself: its address, its headers and the keys.
    const preload = writeInput(
      'echo.mjs',
      `globalThis.fetch = async (url, { headers }) => new Response(
        [String(url), JSON.stringify(headers), process.env.FRED_API_KEY, process.env.TIINGO_API_KEY].join(' '),
        { status: 400, headers: { 'x-asked': String(url) } })`,
    )
    const universe = writeInput(
      'universe.json',
      readFileSync(new URL('../../universe.json', import.meta.url), 'utf8').replace(
        '"tiingo": []',
        '"tiingo": ["SPY"]',
      ),
    )
    const lake = newFolder()
    const result = await precursorBeside(
      lake,
      [
        '--universe',
        universe,
        '--json',
        '--verbose',
        'ingest',
        'fred_macro',
        'fred_release_dates',
        'tiingo_bars',
        '--session',
        '2025-11-20',
      ],
      { FRED_API_KEY: ` ${fred}\n`, TIINGO_API_KEY: tiingo, NODE_OPTIONS: `--import ${preload}` },
    )
    expect(result.status).toBe(1)
    const runs = precursor(
      lake,
      'query',
      'select error from runs union all select error from payloads',
      '--format',
      'csv',
    )
    const everything = [result.stdout, result.stderr, runs.stdout, contents(join(lake, 'bronze'))].join('\n')
    expect(everything).toContain('[redacted]')
    for (const form of [fred, tiingo].flatMap(formsOf)) expect(everything).not.toContain(form)
  }, 400_000)

  it('goes on without a source whose key is refused', async () => {
    const preload = writeInput('no.mjs', `globalThis.fetch = async () => new Response('', { status: 404 })`)
    const lake = newFolder()
    const { status, stdout, stderr } = await precursorBeside(
      lake,
      ['ingest', 'tiingo_bars', 'cboe_volatility', '--session', '2025-11-20'],
      { TIINGO_API_KEY: 'two\nlines-16', NODE_OPTIONS: `--import ${preload}` },
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(/tiingo_bars +0 rows +failed +UsageError: TIINGO_API_KEY contains a control character/)
    expect(stdout).toMatch(/cboe_volatility .*failed/)
    expect(stdout + stderr).not.toContain('lines-16')
    const doctor = await precursorBeside(lake, ['doctor', '--offline'], { TIINGO_API_KEY: 'two\nlines-16' })
    expect(doctor.stdout).toMatch(/bad +tiingo_bars: UsageError: TIINGO_API_KEY contains a control character/)
  }, 400_000)

  it('opened in a program has the same door for its keys', async () => {
    const { lake } = await openTestLake({ platform: { environment: { KEY: ' tr1mmed-17\n', BAD: 'a\u0007bcdef' } } })
    expect(await lake.platform.secret('KEY')).toBe('tr1mmed-17')
    await expect(lake.platform.secret('BAD')).rejects.toThrow(/BAD contains a control character/)
    await lake.close()
  })
})
