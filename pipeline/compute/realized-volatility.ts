/** `realized_volatility` with windows in memory. The SQL of the view is the definition, and each operation here is one of that SQL. */
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import type { Block } from '../../schemas/views/shared/lag-blocks.ts'
import {
  five,
  logs,
  measured,
  openToCloseWeight,
  sixty,
  summed,
  twenty,
  windows,
} from '../../schemas/views/volatility/realized_volatility.ts'
import { atLeastZero, deviations, totals, type Workspace } from './blocks.ts'
import type { Columns, Series } from './series.ts'

type Sum = (typeof summed)[number] | (typeof measured)[number]
type Measure = (typeof measured)[number]
const names = [...summed, ...measured] as const

/** Sums of the values of a window, and of the squares of their deviations from the mean. */
interface Sums {
  readonly of: Readonly<Record<Sum, Float64Array>>
  readonly within: Readonly<Record<Measure, Float64Array>>
}

const over = (space: Workspace, block: Block, { of, within }: Pick<Sums, 'of'> & Partial<Sums>): Sums => {
  const sums = Object.fromEntries(names.map((name) => [name, totals(space, of[name], block)])) as Sums['of']
  const squares = measured.map((name) => {
    const x = { values: of[name], totals: sums[name] }
    return [name, deviations(space, block, x, x, within?.[name])]
  })
  return { of: sums, within: Object.fromEntries(squares) }
}

const estimators = [
  'close_to_close',
  'zero_mean',
  'parkinson',
  'garman_klass',
  'rogers_satchell',
  'yang_zhang',
] as const

type Name = `${(typeof estimators)[number]}_${(typeof windows)[number]}`

const annualised = (space: Workspace, n: number, session: Float64Array, { of, within }: Sums): Columns => {
  const made = Object.fromEntries(
    estimators.map((name) => [name, space.startedAt(session.length, session.length)]),
  ) as Columns<(typeof estimators)[number]>
  const k = openToCloseWeight(n)
  const log2 = Math.log(2)
  for (let i = n - 1; i < session.length; i++) {
    const [range, rs, body] = [of.squared_range[i]!, of.rogers_satchell[i]!, of.open_close[i]!]
    const squares = within.log_return[i]! + (of.log_return[i]! * of.log_return[i]!) / n
    made.close_to_close[i] = Math.sqrt((252 * within.log_return[i]!) / (n - 1))
    made.zero_mean[i] = Math.sqrt((252 * squares) / n)
    if (session[i]! - session[i - n + 1]! !== n - 1) continue
    if (!Number.isNaN(range)) made.parkinson[i] = Math.sqrt(252 * atLeastZero(range / n / (4 * log2)))
    if (!Number.isNaN(body)) {
      const bodies = within.open_close[i]! + (body * body) / n
      made.garman_klass[i] = Math.sqrt(252 * atLeastZero((0.5 * range - (2 * log2 - 1) * bodies) / n))
    }
    if (!Number.isNaN(rs)) made.rogers_satchell[i] = Math.sqrt(252 * atLeastZero(rs / n))
    if (!Number.isNaN(of.overnight[i]!)) {
      const opens = (within.overnight[i]! + k * within.open_close[i]!) / (n - 1)
      made.yang_zhang[i] = Math.sqrt(252 * atLeastZero(opens + ((1 - k) * rs) / n))
    }
  }
  return Object.fromEntries(estimators.map((name) => [`${name}_${n}`, made[name]]))
}

export const volatilitySeries: Series<'session_number' | Sum, Name> = {
  terms: logs,
  names: ['session_number', ...names],
  made: windows.flatMap((n) => estimators.map((name): Name => `${name}_${n}`)),
  windows: (numbers, space) => {
    const twenties = over(space, twenty, over(space, five, { of: numbers }))
    const sixties = over(space, sixty, twenties)
    const [short, long] = windows
    return {
      ...annualised(space, short, numbers.session_number, twenties),
      ...annualised(space, long, numbers.session_number, sixties),
    } as Columns<Name>
  },
  rows: `select * from ${dailyBarsAsKnown.name}`,
}
