/** Compute: what SQL cannot. Reads the bars as known, so that every value is what its own evening could compute. */
import { sectors } from '../../schemas/baskets.ts'
import { systemicRisk } from '../../schemas/tables/systemic_risk.ts'
import { messageOf } from '../errors.ts'
import type { Outcome } from '../ingest.ts'
import type { Lake } from '../lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'
import { absorptionRatio, decayWeights, turbulence } from './systemic-risk.ts'

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
  const { days, returns } = byDay(bars)
  const weights = decayWeights(absorption.window, absorption.halfLife)
  const columns = (symbols: readonly string[], from: number, to: number) =>
    symbols.map((symbol) => returns.get(symbol)!.subarray(from, to))
  return days.flatMap((day, t) => {
    const symbols = unbroken(day, turbulenceWindow)
    if (symbols.length < smallestBasket) return []
    const long = unbroken(day, absorption.window - 1)
    const today = symbols.map((symbol) => returns.get(symbol)![t]!)
    return [
      {
        basket: 'sectors',
        session: day.session,
        symbol_count: symbols.length,
        absorption_ratio:
          long.length >= smallestBasket
            ? absorptionRatio(columns(long, t + 1 - absorption.window, t + 1), weights)
            : null,
        turbulence: turbulence(columns(symbols, t - turbulenceWindow, t), today),
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
  readonly number: number
  readonly known_at: string
  /** Consecutive sessions up to this one for which a symbol has a return. */
  readonly runs: ReadonlyMap<string, number>
}

/** The sessions, and for each symbol its return on each of them; NaN where it has none. */
const byDay = (bars: readonly Bar[]): { days: Day[]; returns: ReadonlyMap<string, Float64Array> } => {
  const groups = grouped(bars)
  const returns = new Map(sectors.map((symbol) => [symbol as string, new Float64Array(groups.length).fill(Number.NaN)]))
  const days: Day[] = []
  for (const [t, group] of groups.entries()) {
    const { session, session_number: number } = group[0]!
    const before = days.at(-1)
    const runs = new Map<string, number>()
    for (const { symbol, log_return } of group) {
      if (log_return === null) continue
      returns.get(symbol)![t] = log_return
      runs.set(symbol, 1 + (before?.number === number - 1 ? (before.runs.get(symbol) ?? 0) : 0))
    }
    days.push({
      session,
      number,
      known_at: group
        .map((bar) => bar.known_at)
        .sort()
        .at(-1)!,
      runs,
    })
  }
  return { days, returns }
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
