/** Fetching over HTTP: allow-list, redirects, limits, retries, secrets. The global fetch is replaced; nothing leaves the machine. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { httpClient } from '../../adapters/http.ts'
import { SourceChangedError } from '../../core/errors.ts'
import type { HttpRequest } from '../../core/platform.ts'

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url,
  hosts: ['good.example'],
  maxBytes: 1000,
  rate: { requests: 1000, seconds: 1 },
  ...more,
})
const client = () => httpClient(async (name) => (name === 'KEY' ? 's3cret' : undefined))

const answering = (...responses: (() => Response)[]) => {
  const asked: { url: string; headers: Record<string, string> }[] = []
  vi.stubGlobal('fetch', async (url: URL, init: { headers: Record<string, string> }) => {
    asked.push({ url: String(url), headers: init.headers })
    return (responses[asked.length - 1] ?? responses.at(-1)!)()
  })
  return asked
}
const redirect = (to: string) => () => new Response(null, { status: 302, headers: { location: to } })

afterEach(() => vi.unstubAllGlobals())

describe('httpClient', () => {
  it.each(['https://evil.example/a', 'http://good.example/a', 'https://good.example.evil.example/'])(
    'does not ask %s',
    async (url) => {
      const asked = answering(() => new Response('x'))
      await expect(client()(request(url))).rejects.toThrow('is not among the allowed hosts good.example')
      expect(asked).toEqual([])
    },
  )

  it('follows a redirect to an allowed host only', async () => {
    answering(redirect('https://good.example/b'), () => new Response('there'))
    expect(Buffer.from((await client()(request('https://good.example/a'))).body).toString()).toBe('there')
    const asked = answering(redirect('https://169.254.169.254/latest/meta-data'))
    await expect(client()(request('https://good.example/a'))).rejects.toThrow(
      '169.254.169.254 is not among the allowed hosts',
    )
    expect(asked).toHaveLength(1)
  })

  it('stops a body that grows past its limit', async () => {
    answering(() => new Response('x'.repeat(2000)))
    await expect(client()(request('https://good.example/a'))).rejects.toThrow(
      new SourceChangedError('https://good.example/a: the answer is larger than 1000 bytes'),
    )
  })

  it('tries again on 429 and 5xx, and hands other statuses on', async () => {
    const asked = answering(
      () => new Response('', { status: 503 }),
      () => new Response('', { status: 429 }),
      () => new Response('ok'),
    )
    expect((await client()(request('https://good.example/a'))).status).toBe(200)
    expect(asked).toHaveLength(3)
    answering(() => new Response('no', { status: 403 }))
    expect((await client()(request('https://good.example/a'))).status).toBe(403)
  })

  it('adds the secret at the last moment, where its place says', async () => {
    const asked = answering(() => new Response('ok'))
    await client()(request('https://good.example/a', { secret: { name: 'KEY', query: 'api_key' } }))
    await client()(
      request('https://good.example/a', { secret: { name: 'KEY', header: 'authorization', prefix: 'Token ' } }),
    )
    expect(asked[0]?.url).toBe('https://good.example/a?api_key=s3cret')
    expect(asked[1]).toMatchObject({ url: 'https://good.example/a', headers: { authorization: 'Token s3cret' } })
  })

  it('splits a secret that is a pair, and refuses one that is not', async () => {
    const asked = answering(() => new Response('the secret is half2 of half1'))
    const place = { name: 'PAIR', header: 'key-id', secondHeader: 'key-secret' }
    const pair = httpClient(async () => 'half1:half2')
    const { body } = await pair(request('https://good.example/a', { secret: place }))
    expect(asked[0]).toMatchObject({ headers: { 'key-id': 'half1', 'key-secret': 'half2' } })
    expect(Buffer.from(body).toString()).toBe('the secret is [redacted] of [redacted]')
    await expect(client()(request('https://good.example/a', { secret: { ...place, name: 'KEY' } }))).rejects.toThrow(
      'KEY is not a pair: write the id of the key, a colon and its secret',
    )
  })

  it('names the missing key and not its value', async () => {
    await expect(
      client()(request('https://good.example/a', { secret: { name: 'OTHER', query: 'k' } })),
    ).rejects.toThrow('needs the key OTHER, which is not set')
    answering(() => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
    })
    const failure = client()({ ...request('https://good.example/a', { secret: { name: 'KEY', query: 'api_key' } }) })
    await expect(failure).rejects.toThrow(
      'https://good.example/a was not reached: the connection was refused (ECONNREFUSED); try again later',
    )
    await expect(failure).rejects.not.toThrow('s3cret')
  }, 60_000)

  it('asks a host that it cannot reach three times, whatever the pace of the source', async () => {
    const asked = answering(() => {
      throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })
    })
    // With a turn for each attempt, the second would wait for hours.
    const failure = client()(request('https://good.example/a', { rate: { requests: 1, seconds: 10_000 } }))
    await expect(failure).rejects.toThrow(
      'https://good.example/a was not reached: the name of the host was not found (ENOTFOUND); try again later',
    )
    await expect(failure).rejects.toMatchObject({ isReached: false })
    expect(asked).toHaveLength(3)
  }, 60_000)

  describe('of many hosts', () => {
    const hosts = Array.from({ length: 20 }, (_, i) => `host${i}.example`)
    const askAll = (reachable: (host: string) => boolean) => {
      const asked = new Set<string>()
      vi.stubGlobal('fetch', async (url: URL) => {
        asked.add(url.host)
        if (reachable(url.host)) return new Response('ok')
        throw new TypeError('fetch failed', { cause: { code: 'EAI_AGAIN' } })
      })
      const get = client()
      const each = hosts.map((host) => get(request(`https://${host}/`, { hosts: [host] })))
      return Promise.allSettled(each).then((results) => ({ asked, results }))
    }

    it('tries six if none is reached, and says of the others that they were not reached', async () => {
      const { asked, results } = await askAll(() => false)
      expect([...asked]).toEqual(hosts.slice(0, 6))
      for (const result of results) {
        expect(result).toMatchObject({ status: 'rejected', reason: { isReached: false } })
        expect(String((result as PromiseRejectedResult).reason)).toMatch(/ was not reached: /)
      }
    }, 60_000)

    it('tries all if one of the first is reached', async () => {
      const { asked, results } = await askAll((host) => host === 'host5.example' || host === 'host19.example')
      expect(asked.size).toBe(20)
      expect(results.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))).toEqual([5, 19])
    }, 60_000)
  })
})
