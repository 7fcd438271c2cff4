/** Fetching: the requests that follow from an answer are read from it in time, and what is stored is not asked again. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fetchSource } from '../../../pipeline/ingest/fetch.ts'
import { cboeVolatility } from '../../../sources/cboe_volatility.ts'
import { openTestLake } from '../../support/lake.ts'

it('an answer that never ends when it is read keeps no other request waiting', async () => {
  const asked: string[] = []
  const { lake } = await openTestLake({
    platform: {
      fetch: async ({ url }) => {
        asked.push(url)
        return { status: 200, headers: {}, body: Buffer.from('any') }
      },
    },
  })
  const address = (key: string) => ({ key, url: `https://cdn.cboe.com/${key}` })
  const source = {
    ...cboeVolatility,
    decodeSeconds: 0.2,
    request: () => [address('endless'), address('other')],
    follow: ({ key }: { key: string }) => {
      while (key === 'endless');
      return key === 'other' ? [address('next')] : []
    },
  }
  const window = { from: '2025-11-20', to: '2025-11-20' }
  expect(await fetchSource(lake, source, window)).toMatchObject({ failures: [] })
  expect(asked).toEqual(['endless', 'other', 'next'].map((key) => address(key).url))
})

it('a resumed fetch asks again where the stored record is damaged', async () => {
  const asked: string[] = []
  const { lake, folder } = await openTestLake({
    at: '2025-11-21T01:00:00Z',
    platform: {
      fetch: async ({ url }) => {
        asked.push(url)
        return { status: 200, headers: {}, body: Buffer.from(url) }
      },
    },
  })
  const urls = ['one', 'two'].map((key) => `https://cdn.cboe.com/${key}`)
  const source = { ...cboeVolatility, request: () => urls.map((url) => ({ key: url.slice(-3), url })) }
  const window = { from: '2025-11-20', to: '2025-11-20' }
  const fetchAgain = () => fetchSource(lake, source, window, { since: new Date('2025-11-21T00:00:00Z') })
  await fetchAgain()
  expect(await fetchAgain()).toMatchObject({ failures: [] })
  expect(asked).toEqual(urls)
  const day = join(folder, 'bronze', source.name, '2025-11-21')
  const record = readdirSync(day).find((name) => name.endsWith('.two.json'))!
  writeFileSync(join(day, record), '{')
  expect(await fetchAgain()).toMatchObject({ failures: [] })
  expect(asked).toEqual([...urls, urls[1]])
})
