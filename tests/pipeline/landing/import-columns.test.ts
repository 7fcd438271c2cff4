/** Columns and texts of imports: what may be another column or another value than it seems is not taken. */
import { beforeAll, describe, expect, it } from 'vitest'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { openTestLake, type TestLake, writeInput } from '../../support/lake.ts'

let test: TestLake

beforeAll(async () => {
  test = await openTestLake()
})

const land = async (table: string, lines: readonly string[]) => {
  const outcome = await importFiles(test.lake, table, [writeInput('rows.csv', `${lines.join('\n')}\n`)], {})
  await test.lake.refresh()
  return outcome
}

describe('an unknown column', () => {
  it.each([
    ['with a default', 'market_volume', 'session,venue_v2,segment,shares,notional,trade_count', 'venue'],
    ['that may be unknown', 'dealer_gamma', 'session,price,net_gamma', 'symbol, underlying_price, dark_index'],
    ['with the instant of knowledge', 'macro_releases', 'series,reference_period,value,known_at_v2', 'known_at'],
    ['with the instant of knowledge', 'macro_releases', 'series,reference_period,value,kno7n_at', 'known_at'],
  ])('beside an absent one %s is refused', async (_, table, header, absent) => {
    const cells = header.split(',').map(() => '1')
    expect(await land(table, [header, cells.join(',')])).toMatchObject({
      status: 'failed',
      error: expect.stringContaining(`rows.csv has no column ${absent}`),
    })
  })

  it('is left out where every column of the table is there', async () => {
    const lines = ['series,reference_period,value,note', 'PAYEMS,2025-08-01,159507,revised']
    expect(await land('macro_releases', lines)).toMatchObject({ status: 'ok', rowCount: 1 })
  })
})

describe('a text', () => {
  const event = (title: string) => [
    'event_id,category,entity,title,occurred_at,reference',
    `e1,outage,Exchange,${title},2025-11-19T15:00:00Z,https://example.com`,
  ]

  it.each(['\u001b[31m', '\u0007', '\u0014', '\u007f'])('with the control character %j is set aside', async (title) => {
    expect(await land('reported_events', event(title))).toMatchObject({ rowCount: 0, rejectedCount: 1 })
    const reasons = await test.lake.engine.rows(`select reason from rejected_rows where table_name = 'reported_events'`)
    expect(reasons).toContainEqual({ reason: 'title has a control character' })
  })

  it('may have tabs and line ends, and is taken without those around it', async () => {
    expect(await land('reported_events', event('"\t a\tb\nc \t"'))).toMatchObject({ status: 'ok', rowCount: 1 })
    expect(await test.lake.engine.rows('select title from reported_events')).toEqual([{ title: 'a\tb\nc' }])
  })

  it('that is none of the values of its column is set aside', async () => {
    const lines = ['symbol,session,action,split_factor,dividend', 'NVDA,2024-06-10,spliidend,10,']
    expect(await land('corporate_actions', lines)).toMatchObject({ rowCount: 0, rejectedCount: 1 })
  })
})
