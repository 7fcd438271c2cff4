/** Who a filer is: its CIK. Tickers are many, change, come in any order, and go after a delisting. */
import { describe, expect, it } from 'vitest'
import type { Universe } from '../../core/universe.ts'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { secFilings } from '../../sources/sec_filings.ts'
import { openTestLake, sampleUniverse, writeInput } from '../support/lake.ts'

const cik = '0001326801'
const following = (symbol?: string): Universe => ({ ...sampleUniverse, filers: symbol ? [{ symbol, cik }] : [] })

/** A capture with two quarterly reports and the results between them. */
const submissions = (tickers: readonly string[], others = 0): string => {
  const filings = [
    ['0001326801-25-000001', '2025-04-24', '2025-03-31', '2025-04-24T20:30:00.000Z', '10-Q', ''],
    ['0001326801-25-000002', '2025-07-30', '2025-07-30', '2025-07-30T20:05:00.000Z', '8-K', '2.02,9.01'],
    ['0001326801-25-000003', '2025-07-31', '2025-06-30', '2025-07-31T20:30:00.000Z', '10-Q', ''],
    ['0001326801-25-000004', '2025-10-29', '2025-10-29', '2025-10-29T20:05:00.000Z', '8-K', '2.02,9.01'],
  ].slice(0, 3 + others)
  const column = (i: number) => filings.map((each) => each[i])
  return JSON.stringify({
    cik: Number(cik),
    tickers,
    filings: {
      recent: {
        accessionNumber: column(0),
        filingDate: column(1),
        reportDate: column(2),
        acceptanceDateTime: column(3),
        form: column(4),
        items: column(5),
        primaryDocument: filings.map(() => 'a.htm'),
      },
    },
  })
}

const open = async () => {
  const { lake } = await openTestLake()
  const take = async (text: string, universe: Universe, fetchedAt: string) => {
    const file = writeInput('submissions.json', text)
    const at = { key: cik, fetchedAt: new Date(fetchedAt) }
    return ingestPayload({ ...lake, universe }, secFilings, file, at)
  }
  const ask = async (sql: string) => {
    await lake.refresh()
    return lake.engine.rows(sql)
  }
  return { lake, take, ask }
}
const [first, second] = ['2025-10-01T12:00:00Z', '2025-11-03T12:00:00Z']
const ok = { status: 'ok', rejectedCount: 0 }
const announced = 'select symbol, accession, period_end, is_results from earnings_announcements order by accession'

describe('the symbol of a filer', () => {
  it.each([
    ['preferred shares listed first', ['BAC-PB', 'BAC-PK', 'BAC'], 'BAC', 'BAC'],
    ['two classes of common stock', ['GOOGL', 'GOOG'], 'GOOG', 'GOOGL'],
    ['classes written with a hyphen', ['BRK-B', 'BRK-A'], 'BRK.B', 'BRK-B'],
    ['nothing but preferred shares', ['XYZ-PA'], 'XYZ', 'XYZ-PA'],
  ])('%s: the universe says, else the first common stock', async (_, tickers, followed, otherwise) => {
    for (const [universe, symbol] of [
      [following(followed), followed],
      [following(), otherwise],
    ] as const) {
      const { take, ask } = await open()
      expect(await take(submissions(tickers), universe, first)).toMatchObject(ok)
      expect(await ask('select distinct symbol from filings')).toEqual([{ symbol }])
    }
  })

  it('stays after a delisting, when the SEC lists no ticker any more', async () => {
    const { take, ask } = await open()
    expect(await take(submissions(['TWTR']), following('TWTR'), first)).toMatchObject(ok)
    expect(await take(submissions([], 1), following('TWTR'), second)).toMatchObject(ok)
    expect(await ask('select symbol, count(*) as n from filings group by symbol')).toEqual([{ symbol: 'TWTR', n: 4 }])
  })

  it('without a ticker and outside of the universe the filings are rejected by name', async () => {
    const { take, ask } = await open()
    expect(await take(submissions([]), following(), first)).toMatchObject({ rejectedCount: 3 })
    expect(await ask('select distinct reason from rejected_rows')).toEqual([{ reason: 'symbol is missing' }])
  })
})

describe('a change of ticker', () => {
  const results = (symbol: string) => [
    { symbol, accession: '0001326801-25-000002', period_end: '2025-06-30', is_results: true },
    { symbol, accession: '0001326801-25-000004', period_end: '2025-09-30', is_results: true },
  ]

  it.each([
    ['that the universe follows', following('FB'), following('META')],
    ['that the SEC shows', following(), following()],
  ])('%s leaves one announcement of each filing, under the new ticker', async (_, before, after) => {
    const { lake, take, ask } = await open()
    expect(await take(submissions(['FB']), before, first)).toMatchObject(ok)
    expect(await ask(announced)).toEqual(results('FB').slice(0, 1))
    expect(await take(submissions(['META'], 1), after, second)).toMatchObject(ok)
    expect(await ask(announced)).toEqual(results('META'))
    for (const { error } of await rebuild({ ...lake, universe: after }, ['sec_filings'])) expect(error).toBeNull()
    expect(await ask(announced)).toEqual(results('META'))
  })
})
