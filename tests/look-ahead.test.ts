/** No look-ahead: cut the lake at any instant, and every precursor row up to it stays the same. */
import { cpSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { randomLcg } from 'd3-random'
import { describe, expect, inject, it } from 'vitest'
import { compute } from '../pipeline/compute/compute.ts'
import { openEngine } from '../pipeline/engine.ts'
import { importFiles, ingestPayload, sourceNamed } from '../pipeline/ingest.ts'
import type { Lake } from '../pipeline/lake.ts'
import { tag } from '../pipeline/tag.ts'
import { date, double } from '../schemas/column.ts'
import { dailyBars } from '../schemas/tables/daily_bars.ts'
import { defineView, sql } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { labelForwardDrawdown } from '../schemas/views/label_forward_drawdown.ts'
import { newFolder, openTestLake } from './support/lake.ts'
import { differences } from './support/rows.ts'
import { describeShared, sharedPath } from './support/shared.ts'

const precursors = views.filter((view) => view.role === 'precursor')

/** Copies silver and keeps only what was known by the instant. */
const cut = async (folder: string, instant: string): Promise<string> => {
  const target = newFolder()
  cpSync(join(folder, 'silver'), join(target, 'silver'), { recursive: true })
  const engine = await openEngine()
  for (const table of readdirSync(join(target, 'silver'))) {
    for (const year of readdirSync(join(target, 'silver', table))) {
      const path = join(target, 'silver', table, year, 'data.parquet')
      await engine.run(
        `copy (select * from read_parquet('${path}', hive_partitioning = false) where known_at <= timestamp '${instant.replace('Z', '')}') to '${path}.cut' (format parquet)`,
      )
      renameSync(`${path}.cut`, path)
    }
  }
  engine.close()
  return target
}

/** Rows of a view that its own evenings could know by the instant. */
const rowsUpTo = async ({ engine }: Lake, view: (typeof views)[number], instant: string) => {
  const known = 'known_session' in view.columns ? 'known_session' : 'session'
  return engine.rows(
    `select v.* from ${view.name} v join calendar c on c.session = v.${known}
     where c.as_of <= timestamp '${instant.replace('Z', '')}' order by ${view.grain.map((name) => `v.${name}`).join(', ')}`,
  )
}

const expectNoLookAhead = async (folder: string, instants: readonly string[]) => {
  const full = await openTestLake({ folder })
  await full.lake.refresh()
  for (const instant of instants) {
    const part = await openTestLake({ folder: await cut(folder, instant) })
    await tag(part.lake)
    await compute(part.lake)
    for (const view of precursors) {
      const expected = await rowsUpTo(part.lake, view, instant)
      const found = await rowsUpTo(full.lake, view, instant)
      expect(differences(found, expected), `${view.name} cut at ${instant}`).toEqual([])
    }
    await part.lake.close()
  }
  await full.lake.close()
}

const randomInstants = (seed: number, from: string, to: string, n: number) => {
  const random = randomLcg(seed)
  return Array.from({ length: n }, () =>
    new Date(Date.parse(from) + random() * (Date.parse(to) - Date.parse(from))).toISOString(),
  )
}

describe('the episode', () => {
  it('keeps every precursor row when cut at random instants and around the release of the event', async () => {
    const instants = [
      ...randomInstants(0.42, '2025-06-01', '2025-11-21', 3),
      '2025-11-20T13:29:59.000Z',
      '2025-11-21T01:00:00.000Z',
    ]
    await expectNoLookAhead(inject('episodeLake'), instants)
  })

  it('knows the payrolls at 13:30:00Z and not a second before', async () => {
    const latest = async (instant: string) => {
      const { lake } = await openTestLake({ folder: await cut(inject('episodeLake'), instant) })
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
  it('keep every precursor row when cut at random instants', async () => {
    const test = await openTestLake()
    for (const symbol of ['SPY', 'GSPC', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY']) {
      await importFiles(test.lake, 'daily_bars', [sharedPath('data/bars', `${symbol}.csv`)], {
        symbol,
        source: 'yahoo_adjusted',
      })
    }
    for (const index of ['VIX', 'VIX3M']) {
      await ingestPayload(test.lake, sourceNamed('cboe_volatility'), sharedPath('data/cboe', `${index}_History.csv`), {
        key: index,
      })
    }
    await ingestPayload(test.lake, sourceNamed('squeezemetrics_gamma'), sharedPath('data/gamma/DIX.csv'), {
      key: 'SPX',
    })
    await compute(test.lake)
    await expectNoLookAhead(test.folder, randomInstants(0.7, '2003-01-01', '2026-07-01', 2))
  })
})

describe('a declaration', () => {
  const columns = { session: date('Session.'), v: double.nullable('Value.') }

  it('cannot make a precursor of a label', () => {
    const leak = () =>
      defineView({
        name: 'leak',
        doc: 'x',
        grain: ['session'],
        columns,
        sql: sql`select session, 1 as v from ${labelForwardDrawdown}`,
      })
    expect(leak).toThrow('leak is a precursor and reads the label label_forward_drawdown')
  })

  it('must call what looks forward a label', () => {
    const view = { doc: 'x', grain: ['session'], columns, sql: sql`select session, 1 as v from ${dailyBars}` } as const
    expect(() => defineView({ ...view, name: 'forward', role: 'label' })).toThrow('labels are named label_…')
  })
})
