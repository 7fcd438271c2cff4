/** The look-ahead check reports leaks that are planted on purpose, with the view, the column and the session of each. */
import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { openEngine } from '../../core/engine.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { date, double, string, timestamp } from '../../schemas/column.ts'
import { defineView, sql, type View } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { macroVintages } from '../../schemas/views/macro/macro_vintages.ts'
import { bar, land } from '../support/import.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { leaksOf } from '../support/look-ahead.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const bySession = { symbol: string('Ticker.'), session: date('XNYS session.') }
const ofBars = (name: string, column: string, text: ReturnType<typeof sql>): View =>
  defineView({
    name,
    doc: 'A leak.',
    grain: ['symbol', 'session'],
    columns: { ...bySession, [column]: double.nullable('Value.') } as typeof bySession,
    sql: sql`select symbol, session, ${text} from ${dailyBarsAsKnown} window w as (partition by symbol order by session)`,
  })

const nextClose = ofBars('reads_the_next_session', 'next_close', sql`lead(close) over w as next_close`)
const ratioToNext = ofBars('reads_the_next_close', 'ratio', sql`close / coalesce(lead(close) over w, close) as ratio`)
const fromMean = ofBars(
  'has_a_full_sample_mean',
  'from_mean',
  sql`close / avg(close) over (partition by symbol) - 1 as from_mean`,
)
const rank = ofBars(
  'ranks_the_full_sample',
  'percentile',
  sql`cast(rank() over (partition by symbol order by close) as double) as percentile`,
)
const honest = ofBars('looks_back', 'last_close', sql`lag(close) over w as last_close`)
const hasty = defineView({
  name: 'knows_an_hour_early',
  doc: 'A leak.',
  grain: ['series', 'reference_period', 'known_at'],
  columns: {
    series: string('Series.'),
    reference_period: date('Period.'),
    known_at: timestamp('When the figure became known, an hour early.'),
    known_session: date('Session.'),
    value: double('Level.'),
  },
  sql: sql`
    select series, reference_period, cast(known_at - interval '1' hour as timestamp) as known_at, known_session, value
    from ${macroVintages}`,
})

let made: Promise<string> | undefined
/** Bars of a few weeks and two prints of payrolls. */
const smallLake = (): Promise<string> => {
  made ??= fillSmallLake()
  return made
}

const fillSmallLake = async (): Promise<string> => {
  const { lake, folder } = await openTestLake()
  const days = sessionsBetween('2025-10-01', '2025-11-20')
  const rows = days.map(({ session }, i) => ({ ...bar(session), symbol: 'SPY', close: 100 + ((i * 7) % 10) / 10 }))
  await land(lake, 'daily_bars', rows, { source: 'desk' })
  const levels = [
    { series: 'PAYEMS', reference_period: '2025-08-01', value: 100, known_at: '2025-10-03T12:30:00Z' },
    { series: 'PAYEMS', reference_period: '2025-09-01', value: 101, known_at: '2025-11-20T13:30:00Z' },
  ]
  await land(lake, 'macro_releases', levels, { source: 'desk' })
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  await lake.close()
  return folder
}

describe('a planted view', () => {
  const evening = '2025-11-19T01:00:00.000Z'
  it.each([
    [
      'that reads one session ahead',
      nextClose,
      /^reads_the_next_session\.next_close of symbol SPY, session 2025-11-18: /,
    ],
    [
      'that reads one session ahead where it can',
      ratioToNext,
      /^reads_the_next_close\.ratio of symbol SPY, session 2025-11-18: /,
    ],
    ['with a mean of the full sample', fromMean, /^has_a_full_sample_mean\.from_mean of symbol SPY, session 2025-/],
    ['with a rank in the full sample', rank, /^ranks_the_full_sample\.percentile of symbol SPY, session 2025-/],
  ])('%s is reported', async (_, view, leak) => {
    expect(await leaksOf(await smallLake(), [evening], [honest, view])).toContainEqual(expect.stringMatching(leak))
  })

  it('that looks back is not reported', async () => {
    expect(await leaksOf(await smallLake(), [evening], [honest])).toEqual([])
  })

  it('whose rows are known an hour early is reported by a cut within that hour', async () => {
    const leaks = await leaksOf(await smallLake(), ['2025-11-20T13:00:00.000Z'], [hasty])
    expect(leaks).toEqual([
      expect.stringMatching(
        /^knows_an_hour_early\.known_at of series PAYEMS, reference_period 2025-09-01, .*session 2025-11-20: says 2025-11-20T12:30:00.000Z/,
      ),
    ])
  })
})

/** A copy of a lake in which the rows of a table say that they were known an hour early. */
const anHourEarly = async (folder: string, table: string): Promise<string> => {
  const target = newFolder()
  copyFolder(folder, target)
  const engine = await openEngine()
  for (const year of readdirSync(join(target, 'silver', table))) {
    const path = join(target, 'silver', table, year, 'data.parquet')
    await engine.run(
      `copy (select * replace (cast(known_at - interval 1 hour as timestamp_ms) as known_at)
             from read_parquet('${path}', hive_partitioning = false)) to '${path}.early' (format parquet)`,
    )
    renameSync(`${path}.early`, path)
  }
  engine.close()
  return target
}

describe('a `known_at` that is set an hour early', () => {
  it.each([
    ['daily_bars', 'symbol .*, session 2025-11-20'],
    ['volatility_indices', 'symbol VIX, session 2025-11-20'],
    ['market_volume', 'session 2025-11-20'],
    ['fund_holdings', 'fund SPY, session 2025-11-20'],
    ['macro_releases', 'series PAYEMS, reference_period 2025-09-01, .*session 2025-11-20'],
    ['filings', 'symbol NVDA, filed_on 2025-11-19, .*'],
    ['policy_statements', 'meeting_on 2025-10-29, .*'],
    ['catalysts', 'catalyst_id nonfarm_payrolls.*2025-09.*, session 2025-11-20'],
  ])('in %s is reported', async (table, row) => {
    const leaks = await leaksOf(await anHourEarly(await episodeLake(), table), [], [])
    expect(leaks).toContainEqual(expect.stringMatching(new RegExp(`^${table}\\.known_at of ${row}`)))
  })
})
