/** Credit spreads and financial conditions: real history, vintages, and the refusal of today's estimate of the past. */
import { describe, expect, it } from 'vitest'
import { importFiles, ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { fredCredit } from '../../sources/fred_credit.ts'
import { sourceNamed } from '../../sources/index.ts'
import { bar, land } from '../support/import.ts'
import { openTestLake, sampleUniverse, writeInput } from '../support/lake.ts'
import { describeShared, sharedBytes, sharedPath } from '../support/shared.ts'
import { decode } from '../support/sources.ts'

const stamped = 'observation_date,NFCI_20251119\n2025-09-05,-0.55\n2025-11-07,-0.53\n2025-11-14,-0.52\n'

describe('fred_credit', () => {
  it('reads the last weeks of a vintage, known on the day of the vintage', async () => {
    const rows = await decode(fredCredit, stamped, { key: 'NFCI' })
    expect(rows.map(({ values, publishedAt }) => [values.session, values.value, publishedAt])).toEqual([
      ['2025-11-07', -0.53, '2025-11-19T17:00:00.000Z'],
      ['2025-11-14', -0.52, '2025-11-19T17:00:00.000Z'],
    ])
  })

  it('dates a week that ends on a holiday by its last session', async () => {
    const rows = await decode(fredCredit, 'observation_date,NFCI_20260408\n2026-04-03,-0.4\n', { key: 'NFCI' })
    expect(rows.map(({ values }) => values.session)).toEqual(['2026-04-02'])
  })

  it('refuses the history of NFCI and STLFSI as it is estimated today', async () => {
    for (const key of ['NFCI', 'STLFSI4'])
      await expect(decode(fredCredit, `observation_date,${key}\n2025-11-14,-0.52\n`, { key })).rejects.toThrow(
        /the header has no vintage, so this is the history as it is estimated today, which no earlier evening knew/,
      )
  })

  it('asks FRED for spreads and ALFRED for the vintages of estimated indices', () => {
    const universe = { ...sampleUniverse, creditSeries: ['BAA10Y', 'NFCI'] }
    const requests = fredCredit.request({ from: '2025-11-10', to: '2025-11-20' }, { universe, hasSecret: false })
    expect(requests.map(({ url }) => url)).toEqual([
      'https://fred.stlouisfed.org/graph/fredgraph.csv?id=BAA10Y&cosd=2025-11-10&coed=2025-11-20',
      'https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=NFCI&vintage_date=2025-11-14',
      'https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=NFCI&vintage_date=2025-11-20',
    ])
  })
})

describe('an import of credit spreads', () => {
  it('rejects today’s history of a re-estimated index, and takes its vintages', async () => {
    const { lake } = await openTestLake()
    const today = writeInput('NFCI.csv', 'DATE,NFCI\n2025-11-07,-0.53\n2025-11-14,-0.52\n')
    const refused = await importFiles(lake, 'credit_spreads', [today], { series: 'NFCI', source: 'fred' })
    expect(refused).toMatchObject({ rejectedCount: 2 })
    await lake.refresh()
    const [reason] = await lake.engine.rows<{ reason: string }>('select min(reason) as reason from rejected_rows')
    expect(reason!.reason).toMatch(
      /estimates their whole history anew, so that reading the history of today looks ahead/,
    )
    const vintages = [
      { session: '2025-11-07', value: -0.53, known_at: '2025-11-12T13:30:00Z' },
      { session: '2025-11-14', value: -0.52, known_at: '2025-11-19T13:30:00Z' },
      { session: '2025-11-07', value: -0.6, known_at: '2025-11-19T13:30:00Z' },
    ]
    await land(lake, 'daily_bars', [bar('2025-11-19')], { symbol: 'SPY', source: 'desk' })
    await land(lake, 'credit_spreads', vintages, { series: 'NFCI', source: 'alfred' })
    const rows = await lake.engine.rows(
      `select session, observed_on, value from credit_spreads_as_known where series = 'NFCI' order by session`,
    )
    expect(rows).toEqual([
      ...['12', '13', '14', '17', '18'].map((day) => ({
        session: `2025-11-${day}`,
        observed_on: '2025-11-07',
        value: -0.53,
      })),
      { session: '2025-11-19', observed_on: '2025-11-14', value: -0.52 },
    ])
  })
})

describeShared('real credit spreads', () => {
  it('land with their blanks left out, and are known on the next morning', async () => {
    const { lake } = await openTestLake({ at: '2026-11-26T15:00:00Z' })
    for (const [key, count] of [
      ['BAMLH0A0HYM2', 7300],
      ['BAA10Y', 9600],
    ] as const) {
      const decoded = await decode(fredCredit, sharedBytes(`data/credit/${key}.csv`), { key })
      expect(decoded.length).toBeGreaterThan(count)
      const file = sharedPath('data/credit', `${key}.csv`)
      expect(await ingestPayload(lake, sourceNamed('fred_credit'), file, { key })).toMatchObject({
        error: null,
        rejectedCount: 0,
        rowCount: decoded.length,
      })
    }
    await land(lake, 'daily_bars', [bar('2026-03-26')], { symbol: 'SPY', source: 'desk' })
    const [row] = await lake.engine.rows(
      `select session, observed_on, value from credit_spreads_as_known where series = 'BAMLH0A0HYM2' and session = date '2026-03-26'`,
    )
    expect(row).toEqual({ session: '2026-03-26', observed_on: '2026-03-25', value: 3.17 })
  })
})
