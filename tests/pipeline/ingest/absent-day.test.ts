/** A day without a file: the site says so with a status, which is not a changed format. */
import { describe, expect, it } from 'vitest'
import { ingest } from '../../../pipeline/ingest/ingest.ts'
import { cboePutCall } from '../../../sources/cboe_put_call.ts'
import { finraOffExchangeVolume } from '../../../sources/finra_off_exchange_volume.ts'
import { openTestLake } from '../../support/lake.ts'
import { offExchange } from '../../support/symbol-volumes.ts'

const session = '2025-11-20'
const ratios = JSON.stringify({ ratios: [{ name: 'TOTAL PUT/CALL RATIO', value: '1.10' }] })

const cases = [
  ['put_call_ratios', cboePutCall, ratios],
  ['symbol_volume', finraOffExchangeVolume, offExchange(session, [{ symbol: 'SPY', shares: 10 }])],
] as const

describe.each(cases)('the file of a day of %s', (table, source, body) => {
  const answering = async (at: string) => {
    let status = 403
    const fetch = async () => ({ status, headers: {}, body: Buffer.from(status === 200 ? body : 'Forbidden') })
    const { lake, clock } = await openTestLake({ at, platform: { fetch } })
    const universe = { ...lake.universe, putCallRatios: true, symbolVolumes: true }
    const ask = async (code: number) => {
      status = code
      const [outcome] = await ingest({ ...lake, universe }, [source], () => ({ from: session, to: session }))
      await lake.refresh()
      const rows = await lake.engine.rows(`select known_at, known_basis from ${table}`)
      return { outcome, rows }
    }
    return { ask, clock }
  }

  it('that is not there yet has no rows, and what comes later was not known that evening', async () => {
    const { ask, clock } = await answering('2025-11-21T15:00:00Z')
    const early = await ask(403)
    expect(early.outcome).toMatchObject({ status: 'ok', error: null, rowCount: 0 })
    clock.set('2025-11-21T23:00:00Z')
    const late = await ask(200)
    expect(late.outcome).toMatchObject({ status: 'ok', rowCount: 1 })
    expect(late.rows).toEqual([{ known_at: '2025-11-21T23:00:00.000Z', known_basis: 'observed' }])
  })

  it('under any other status is an error', async () => {
    const { ask } = await answering('2025-11-21T15:00:00Z')
    expect((await ask(401)).outcome).toMatchObject({ status: 'failed', error: expect.stringMatching(/HTTP 401/) })
  })
})
