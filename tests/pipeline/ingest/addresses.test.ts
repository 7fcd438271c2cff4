/** A file with several addresses: the next one is asked if an address does not serve the file. */
import { describe, expect, it } from 'vitest'
import { SourceUnavailableError } from '../../../core/errors.ts'
import { recordKeys } from '../../../pipeline/ingest/bronze.ts'
import { fetchSource } from '../../../pipeline/ingest/fetch.ts'
import { cboeMarketVolume } from '../../../sources/cboe_market_volume.ts'
import { openTestLake } from '../../support/lake.ts'

const window = { from: '2025-11-20', to: '2025-11-20' }
const body = Buffer.from('Day\n')

/** Fetches the year of 2025 from hosts that answer with these statuses; an unreachable one has none. */
const fetchFrom = async (statuses: Readonly<Record<string, number | undefined>>) => {
  const asked: string[] = []
  const { lake } = await openTestLake({
    platform: {
      fetch: async ({ url }) => {
        const { hostname } = new URL(url)
        asked.push(hostname)
        const status = statuses[hostname]
        if (status === undefined) throw new SourceUnavailableError(`${hostname} cannot be reached`, false)
        return { status, headers: {}, body }
      },
    },
  })
  const { failures } = await fetchSource(lake, cboeMarketVolume, window)
  return { asked, failures, stored: (await recordKeys(lake.platform.store, cboeMarketVolume.name)).length }
}

describe('the file of a year of volume', () => {
  it('comes from the first address that serves it', async () => {
    expect(await fetchFrom({ 'cdn.cboe.com': 200 })).toEqual({ asked: ['cdn.cboe.com'], failures: [], stored: 1 })
  })

  it.each([
    ['is gone', 404],
    ['is forbidden', 403],
    ['is overloaded', 503],
    ['cannot be reached', undefined],
  ])('comes from the other address if the first one %s', async (_, status) => {
    expect(await fetchFrom({ 'cdn.cboe.com': status, 'www.cboe.com': 200 })).toEqual({
      asked: ['cdn.cboe.com', 'www.cboe.com'],
      failures: [],
      stored: 1,
    })
  })

  it('is a failure if no address can be reached', async () => {
    const { failures, stored } = await fetchFrom({})
    expect(failures[0]).toContain('www.cboe.com cannot be reached')
    expect(stored).toBe(0)
  })
})
