/** Absorption ratio and turbulence of every basket, each value as known on the evening of its session. */
import { systemicRisk } from '../../schemas/tables/systemic_risk.ts'
import { basketReturns } from '../../schemas/views/baskets/basket_returns.ts'
import { absorptionRatio, turbulence } from './comovement.ts'
import type { Computation } from './computation.ts'
import { derivedFrom } from './derived-rows.ts'
import { movingMoments } from './moving-covariance.ts'
import { inPieces } from './pieces.ts'

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
  definition: 'absorption ratio and turbulence v3',
  means: 'code',
  produce: async ({ engine }, { from, to }) => {
    const returns = await engine.rows<Return>(
      `select basket, symbol, session, session_number, log_return, known_at from basket_returns
       order by basket, session, symbol`,
    )
    const baskets = grouped(returns, (a, b) => a.basket === b.basket)
    const rows = await inPieces(piecesOf(baskets, from, to), (riskOfSome) => riskOfSome())
    await engine.load('computed', systemicRisk.columns, rows)
    return 'computed'
  },
}

const daysInPiece = 10

/** The work for some days of a basket, one after another. */
function* piecesOf(baskets: readonly (readonly Return[])[], from: number, to: number) {
  for (const basket of baskets) {
    const { days, riskOf } = risksOf(basket)
    const wanted = [...days.entries()].filter(([, { session }]) => {
      const year = Number(session.slice(0, 4))
      return year >= from && year <= to
    })
    for (let at = 0; at < wanted.length; at += daysInPiece)
      yield () => wanted.slice(at, at + daysInPiece).flatMap(([t, day]) => riskOf(day, t))
  }
}

const risksOf = (basket: readonly Return[]) => {
  const { days, returns } = byDay(basket)
  const panel = { columns: returns, numbers: days.map(({ number }) => number) }
  const decayed = movingMoments(panel, absorption.window, absorption.halfLife)
  const equal = movingMoments(panel, absorption.window, Number.POSITIVE_INFINITY)
  const before = movingMoments(panel, turbulenceWindow, Number.POSITIVE_INFINITY)
  const riskOf = (day: Day, t: number) => {
    const members = unbroken(day, turbulenceWindow)
    if (members.length < smallestBasket) return []
    const long = unbroken(day, absorption.window - 1)
    const isLong = long.length >= smallestBasket
    const today = members.map((member) => returns[member]![t]!)
    return [
      {
        basket: basket[0]!.basket,
        session: day.session,
        symbol_count: members.length,
        absorption_ratio: isLong ? absorptionRatio(decayed(long, t)) : null,
        absorption_ratio_unweighted: isLong ? absorptionRatio(equal(long, t)) : null,
        turbulence: turbulence(before(members, t - 1), turbulenceWindow, today),
        ...derivedFrom(day.session, day.known_at),
      },
    ]
  }
  return { days, riskOf }
}

interface Day {
  readonly session: string
  readonly number: number
  readonly known_at: string
  /** Number of consecutive sessions up to this one with a return, by the column of the symbol. In the order of the symbols. */
  readonly runs: ReadonlyMap<number, number>
}

/** The sessions, and a column of returns for each symbol. NaN if it has no return. */
const byDay = (basket: readonly Return[]): { days: Day[]; returns: Float64Array[] } => {
  const groups = grouped(basket, (a, b) => a.session === b.session)
  const columns = new Map([...new Set(basket.map(({ symbol }) => symbol))].map((symbol, i) => [symbol, i]))
  const returns = Array.from({ length: columns.size }, () => new Float64Array(groups.length).fill(Number.NaN))
  const days: Day[] = []
  for (const [t, group] of groups.entries()) {
    const { session, session_number: number } = group[0]!
    const before = days.at(-1)
    const runs = new Map<number, number>()
    let known_at = ''
    for (const each of group) {
      if (each.known_at > known_at) known_at = each.known_at
      if (each.log_return === null) continue
      const column = columns.get(each.symbol)!
      returns[column]![t] = each.log_return
      runs.set(column, 1 + (before?.number === number - 1 ? (before.runs.get(column) ?? 0) : 0))
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

/** Columns of the symbols with a return on the day and on each of the previous n sessions. */
const unbroken = (day: Day, n: number): number[] => [...day.runs].filter(([, run]) => run > n).map(([column]) => column)
