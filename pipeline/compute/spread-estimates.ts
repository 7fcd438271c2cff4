/** `spread_estimates` with windows in memory. The SQL of the view is the definition, and each operation here is one of that SQL. */

import { effectiveSpreads } from '../../schemas/tables/effective_spreads.ts'
import { sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { n, seven, spreadTerms, summed, twentyOne } from '../../schemas/views/liquidity/spread_estimates.ts'
import { atLeastZero, deviations, divided, previous, totals, type Workspace } from './blocks.ts'
import type { Series } from './series.ts'

type Name = (typeof summed)[number] | 'two_day' | 'two_day_raw' | 'log_return' | 'edge_21'

const estimates = [
  'amihud_illiquidity_21',
  'corwin_schultz_two_day',
  'corwin_schultz_two_day_raw',
  'corwin_schultz_21',
  'abdi_ranaldo_21',
  'abdi_ranaldo_two_day_21',
  'roll_21',
  'edge_21',
] as const

/** Products of the deviations of each return and of the one before it, over the window. */
const codeviations = (space: Workspace, returns: Float64Array): Float64Array => {
  const one = { values: returns, totals: totals(space, returns, seven) }
  const before = { values: previous(space, returns), totals: previous(space, one.totals) }
  const inside = deviations(space, seven, one, before)
  const of = (values: Float64Array) => ({ values, totals: totals(space, values, twentyOne) })
  return deviations(space, twentyOne, of(one.totals), of(before.totals), inside)
}

export const spreadSeries: Series<Name, (typeof estimates)[number]> = {
  terms: sql`${spreadTerms} select * from terms`,
  names: ['two_day', 'two_day_raw', 'log_return', ...summed],
  made: estimates,
  beside: { query: sql`select symbol, session, edge_21 from ${effectiveSpreads}`, names: ['edge_21'] },
  windows: (numbers, space) => {
    const mean = (name: (typeof summed)[number]) =>
      divided(space, totals(space, totals(space, numbers[name], seven), twentyOne), n)
    const [spread, product, root] = [mean('positive_two_day'), mean('midrange_product'), mean('midrange_root')]
    const autocovariance = divided(space, codeviations(space, numbers.log_return), n - 1)
    const [abdiRanaldo, roll] = [product, autocovariance]
    for (let i = 0; i < spread.length; i++) {
      const isWhole = !Number.isNaN(spread[i]!)
      abdiRanaldo[i] = isWhole ? Math.sqrt(atLeastZero(product[i]!)) : Number.NaN
      if (!isWhole) root[i] = Number.NaN
      const covariance = autocovariance[i]!
      roll[i] = Number.isNaN(covariance) ? Number.NaN : 2 * Math.sqrt(atLeastZero(-covariance))
    }
    return {
      amihud_illiquidity_21: mean('impact'),
      corwin_schultz_two_day: numbers.two_day,
      corwin_schultz_two_day_raw: numbers.two_day_raw,
      corwin_schultz_21: spread,
      abdi_ranaldo_21: abdiRanaldo,
      abdi_ranaldo_two_day_21: root,
      roll_21: roll,
      edge_21: numbers.edge_21,
    }
  },
  rows: `select * from ${dailyBarsAsKnown.name}`,
}
