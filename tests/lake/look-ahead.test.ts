/** No look-ahead: cut the lake at any instant, and every precursor row up to it stays the same. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { randomLcg } from 'd3-random'
import { describe, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { date, double } from '../../schemas/column.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { defineView, LookAheadError, type Relation, sql } from '../../schemas/view.ts'
import { latestBars } from '../../schemas/views/bars/latest_bars.ts'
import { views } from '../../schemas/views/index.ts'
import { labelForwardDrawdown } from '../../schemas/views/labels/label_forward_drawdown.ts'
import { computed, cut } from '../support/cut.ts'
import { land } from '../support/import.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { differences } from '../support/rows.ts'
import { describeShared } from '../support/shared.ts'
import { episodeLake, realLake } from '../support/shared-lakes.ts'

/** Everything that a signal may rest on: precursor views, and the tables that the compute step makes. */
const precursors: readonly Relation[] = [...views.filter((view) => view.role === 'precursor'), ...computed]
/** Writes the rows of a relation that its own evenings could know by the instant. */
const writeRows = async ({ engine }: Lake, relation: Relation, instant: string): Promise<string> => {
  const known = ['known_session', 'session', 'member_from'].find((name) => name in relation.columns)
  const file = join(newFolder(), `${relation.name}.parquet`)
  await engine.run(
    `copy (select v.* from ${relation.name} v join calendar c on c.session = v.${known}
           where c.as_of <= timestamp '${instant.replace('Z', '')}') to '${file}' (format parquet)`,
  )
  return file
}

const expectNoLookAhead = async (folder: string, instants: readonly string[]) => {
  const full = await openTestLake({ folder })
  await full.lake.refresh()
  for (const instant of instants) {
    const part = await openTestLake({ folder: await cut(folder, instant) })
    await tag(part.lake)
    for (const { error } of await compute(part.lake)) expect(error).toBeNull()
    for (const relation of precursors) {
      const expected = await writeRows(part.lake, relation, instant)
      const found = await writeRows(full.lake, relation, instant)
      expect(await differences(full.lake, relation, found, expected), `${relation.name} cut at ${instant}`).toEqual([])
    }
    await part.lake.close()
  }
  await full.lake.close()
}

/** The episode with what no free source has, as an analyst would import it: breadth, implied volatilities, a basket. */
const enriched = async (episode: string): Promise<string> => {
  const folder = newFolder()
  cpSync(episode, folder, { recursive: true })
  const { lake } = await openTestLake({ folder })
  const days = await lake.engine.rows<{ session: string }>(
    `select session from calendar where session between date '2025-05-01' and date '2025-11-20' order by session`,
  )
  const members = ['AAPL', 'AMZN', 'META', 'MSFT', 'NVDA', 'TSLA']
  const rows: Record<string, readonly Record<string, unknown>[]> = {
    market_breadth: days.map(({ session }, i) => ({
      session,
      up_volume: 500 + (i % 7) * 50,
      down_volume: 600 - (i % 5) * 90,
    })),
    implied_volatilities: days.flatMap(({ session }, i) =>
      [...members, 'IDX'].map((symbol, k) => ({ symbol, session, implied_volatility: 0.2 + 0.01 * ((i + k) % 9) })),
    ),
    baskets: members.map((symbol) => ({ basket: 'mine', symbol, member_from: '2025-05-01', benchmark: 'IDX' })),
  }
  for (const [table, given] of Object.entries(rows)) await land(lake, table, given)
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  for (const view of ['breadth', 'implied_correlation', 'gamma_exposure', 'fund_concentration', 'price_impact']) {
    const [found] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${view}`)
    expect(found?.n, view).toBeGreaterThan(0)
  }
  await lake.close()
  return folder
}

const randomInstants = (seed: number, from: string, to: string, n: number) => {
  const random = randomLcg(seed)
  return Array.from({ length: n }, () =>
    new Date(Date.parse(from) + random() * (Date.parse(to) - Date.parse(from))).toISOString(),
  )
}

describe('the episode', () => {
  it('keeps every precursor row when cut at random instants and around the release of the event', {
    timeout: 300_000,
  }, async () => {
    const instants = [
      ...randomInstants(0.42, '2025-06-01', '2025-11-21', 3),
      '2025-11-20T13:29:59.000Z',
      '2025-11-21T01:00:00.000Z',
    ]
    await expectNoLookAhead(await enriched(await episodeLake()), instants)
  })

  it('knows the payrolls at 13:30:00Z and not a second before', async () => {
    const latest = async (instant: string) => {
      const { lake } = await openTestLake({ folder: await cut(await episodeLake(), instant) })
      await lake.refresh()
      return lake.engine.rows(
        `select reference_period, max_by(value, known_at) as level from macro_releases
         where series = 'PAYEMS' and reference_period >= date '2025-07-01' group by 1 order by 1`,
      )
    }
    expect(await latest('2025-11-20T13:29:59.000Z')).toEqual([
      { reference_period: '2025-07-01', level: 159_518 },
      { reference_period: '2025-08-01', level: 159_540 },
    ])
    expect(await latest('2025-11-20T13:30:00.000Z')).toEqual([
      { reference_period: '2025-07-01', level: 159_511 },
      { reference_period: '2025-08-01', level: 159_507 },
      { reference_period: '2025-09-01', level: 159_626 },
    ])
  })
})

describeShared('real series', () => {
  it('keep every precursor row when cut at random instants', { timeout: 600_000 }, async () => {
    await expectNoLookAhead(await realLake(), randomInstants(0.7, '2003-01-01', '2026-07-01', 2))
  })
})

describe('a declaration', () => {
  const columns = { session: date('Session.'), v: double.nullable('Value.') }

  it.each([
    ['a label', labelForwardDrawdown],
    ['a fact view', latestBars],
  ])('of a precursor view cannot read %s', (_, read) => {
    const from = sql`select session, 1 as v from ${read}`
    const leak = () => defineView({ name: 'leak', doc: 'x', grain: ['session'], columns, sql: from })
    expect(leak).toThrow(LookAheadError)
    expect(leak).toThrow(`leak is a precursor view and reads ${read.name}`)
  })

  it('must call what looks forward a label', () => {
    const view = { doc: 'x', grain: ['session'], columns, sql: sql`select session, 1 as v from ${dailyBars}` } as const
    expect(() => defineView({ ...view, name: 'forward', role: 'label' })).toThrow('labels are named label_…')
  })
})
