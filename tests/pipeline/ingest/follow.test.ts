/** The requests that follow from an answer are read from it within the time that the source has for one payload. */
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
