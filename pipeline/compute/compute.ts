/** Compute: what SQL cannot. Reads the bars as known, so that every value is what its own evening could compute. */
import { sectors } from '../../schemas/baskets.ts'
import { systemicRisk } from '../../schemas/tables/systemic_risk.ts'
import { messageOf } from '../errors.ts'
import type { Outcome } from '../ingest.ts'
import type { Lake } from '../lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'
import { absorptionRatio, turbulence } from './systemic-risk.ts'

const absorption = { window: 500, halfLife: 250 } as const
const turbulenceWindow = 252
const smallestBasket = 5

interface Bar {
  symbol: string
  session: string
  session_number: number
  log_return: number | null
  known_at: string
}

/** Computes every table that SQL cannot. */
export const compute = async (lake: Lake): Promise<Outcome[]> => {
  await lake.refresh()
  lake.platform.progress.step('computing systemic risk')
  try {
    const rows = await systemicRiskRows(lake)
    await replaceAll(lake, rows)
    await lake.refresh()
    return [{ subject: systemicRisk.name, status: 'ok', rowCount: rows.length, rejectedCount: 0, error: null }]
  } catch (error) {
    return [{ subject: systemicRisk.name, status: 'failed', rowCount: 0, rejectedCount: 0, error: messageOf(error) }]
  }
}

const systemicRiskRows = async ({ engine }: Lake) => {
  const bars = await engine.rows<Bar>(
    `select symbol, session, session_number, ln(close / previous_close) as log_return, known_at
     from daily_bars_as_known where symbol in (${sectors.map((symbol) => `'${symbol}'`).join(', ')}) order by session, symbol`,
  )
  const days = byDay(bars)
  return days.flatMap((day, t) => {
    const symbols = unbroken(day, turbulenceWindow)
    if (symbols.length < smallestBasket) return []
    const returnsOf = (from: number, to: number, names: readonly string[]) =>
      days.slice(from, to).map((each) => names.map((symbol) => each.returns.get(symbol)!))
    const before = returnsOf(t - turbulenceWindow, t, symbols)
    const long = unbroken(day, absorption.window - 1)
    return [
      {
        basket: 'sectors',
        session: day.session,
        symbol_count: symbols.length,
        absorption_ratio:
          long.length >= smallestBasket
            ? absorptionRatio(returnsOf(t + 1 - absorption.window, t + 1, long), absorption.halfLife)
            : null,
        turbulence: turbulence(
          before,
          symbols.map((symbol) => day.returns.get(symbol)!),
        ),
        source: 'compute',
        known_at: day.known_at,
        known_basis: 'assumed',
        known_session: day.session,
        fetched_at: day.known_at,
        bronze_key: null,
      },
    ]
  })
}

interface Day {
  readonly session: string
  readonly known_at: string
  readonly returns: ReadonlyMap<string, number>
  /** Consecutive sessions up to this one for which a symbol has a return. */
  readonly runs: ReadonlyMap<string, number>
}

const byDay = (bars: readonly Bar[]): Day[] => {
  const days: (Day & { number: number })[] = []
  for (const group of grouped(bars)) {
    const number = group[0]!.session_number
    const before = days.at(-1)
    const returned = group.filter((bar) => bar.log_return !== null)
    days.push({
      session: group[0]!.session,
      number,
      known_at: group
        .map((bar) => bar.known_at)
        .sort()
        .at(-1)!,
      returns: new Map(returned.map((bar) => [bar.symbol, bar.log_return!])),
      runs: new Map(
        returned.map(({ symbol }) => [
          symbol,
          1 + (before?.number === number - 1 ? (before.runs.get(symbol) ?? 0) : 0),
        ]),
      ),
    })
  }
  return days
}

/** Bars by session; they come sorted. */
const grouped = (bars: readonly Bar[]): Bar[][] => {
  const groups: Bar[][] = []
  for (const bar of bars) {
    const group = groups.at(-1)
    if (group?.[0]?.session === bar.session) group.push(bar)
    else groups.push([bar])
  }
  return groups
}

/** Symbols with a return on the day and on each of the n sessions before it. */
const unbroken = (day: Day, n: number): string[] => [...day.runs].filter(([, run]) => run > n).map(([symbol]) => symbol)

const replaceAll = async (lake: Lake, rows: readonly Record<string, unknown>[]) => {
  const years = await yearsOf(lake.platform.store, systemicRisk)
  await rewrite(lake, systemicRisk, years, async () => {
    await lake.engine.load('computed', systemicRisk.columns, rows)
    return 'computed'
  })
}
