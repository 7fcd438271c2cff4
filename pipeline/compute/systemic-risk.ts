/** Absorption ratio and turbulence of every basket, each value as known on the evening of its session. */
import { systemicRisk } from '../../schemas/tables/systemic_risk.ts'
import { basketReturns } from '../../schemas/views/baskets/basket_returns.ts'
import { absorptionRatio, decayWeights, turbulence } from './comovement.ts'
import type { Computation } from './computation.ts'
import { derivedFrom } from './derived-rows.ts'

const absorption = { window: 500, halfLife: 250 } as const
const turbulenceWindow = 252
const smallestBasket = 5
/** Calendar days that contain 500 sessions, with the largest possible number of weekends and holidays. */
const daysBack = 760

interface Return {
  basket: string
  symbol: string
  session: string
  session_number: number
  log_return: number | null
  known_at: string
}

export const systemicRiskComputation: Computation = {
  into: systemicRisk,
  reads: [basketReturns],
  daysBack,
  definition: 'absorption ratio and turbulence v2',
  produce: async ({ engine }, { from, to }) => {
    const returns = await engine.rows<Return>(
      `select basket, symbol, session, session_number, log_return, known_at from basket_returns
       order by basket, session, symbol`,
    )
    const rows = grouped(returns, (a, b) => a.basket === b.basket).flatMap((basket) => riskOf(basket, from, to))
    await engine.load('computed', systemicRisk.columns, rows)
    return 'main.computed'
  },
}

const decayed = decayWeights(absorption.window, absorption.halfLife)
const equal = new Float64Array(absorption.window).fill(1 / absorption.window)

const riskOf = (basket: readonly Return[], from: number, to: number) => {
  const { days, returns } = byDay(basket)
  const columns = (symbols: readonly string[], start: number, end: number) =>
    symbols.map((symbol) => returns.get(symbol)!.subarray(start, end))
  return days.flatMap((day, t) => {
    const year = Number(day.session.slice(0, 4))
    const symbols = unbroken(day, turbulenceWindow)
    if (year < from || year > to || symbols.length < smallestBasket) return []
    const long = unbroken(day, absorption.window - 1)
    const window = long.length >= smallestBasket ? columns(long, t + 1 - absorption.window, t + 1) : undefined
    const today = symbols.map((symbol) => returns.get(symbol)![t]!)
    return [
      {
        basket: basket[0]!.basket,
        session: day.session,
        symbol_count: symbols.length,
        absorption_ratio: window ? absorptionRatio(window, decayed) : null,
        absorption_ratio_unweighted: window ? absorptionRatio(window, equal) : null,
        turbulence: turbulence(columns(symbols, t - turbulenceWindow, t), today),
        ...derivedFrom(day.session, day.known_at),
      },
    ]
  })
}

interface Day {
  readonly session: string
  readonly number: number
  readonly known_at: string
  /** Number of consecutive sessions up to this one with a return, by symbol. */
  readonly runs: ReadonlyMap<string, number>
}

/** The sessions, and per symbol its return on each of them. NaN if it has none. */
const byDay = (basket: readonly Return[]): { days: Day[]; returns: ReadonlyMap<string, Float64Array> } => {
  const groups = grouped(basket, (a, b) => a.session === b.session)
  const symbols = [...new Set(basket.map(({ symbol }) => symbol))]
  const returns = new Map(symbols.map((symbol) => [symbol, new Float64Array(groups.length).fill(Number.NaN)]))
  const days: Day[] = []
  for (const [t, group] of groups.entries()) {
    const { session, session_number: number } = group[0]!
    const before = days.at(-1)
    const runs = new Map<string, number>()
    let known_at = ''
    for (const each of group) {
      if (each.known_at > known_at) known_at = each.known_at
      if (each.log_return === null) continue
      returns.get(each.symbol)![t] = each.log_return
      runs.set(each.symbol, 1 + (before?.number === number - 1 ? (before.runs.get(each.symbol) ?? 0) : 0))
    }
    days.push({ session, number, known_at, runs })
  }
  return { days, returns }
}

/** Groups of consecutive rows that belong together. The rows are sorted. */
const grouped = <T>(rows: readonly T[], together: (a: T, b: T) => boolean): T[][] => {
  const groups: T[][] = []
  for (const row of rows) {
    const group = groups.at(-1)
    if (group && together(group[0]!, row)) group.push(row)
    else groups.push([row])
  }
  return groups
}

/** Symbols with a return on the day and on each of the previous n sessions. */
const unbroken = (day: Day, n: number): string[] => [...day.runs].filter(([, run]) => run > n).map(([symbol]) => symbol)
