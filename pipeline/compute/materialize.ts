/** Materialized views as computations: their SQL, run for a few years at a time. */
import { renderView, type View } from '../../schemas/view.ts'
import { intradayReversal } from '../../schemas/views/bars/intraday_reversal.ts'
import { spreadEstimates } from '../../schemas/views/liquidity/spread_estimates.ts'
import { realizedVolatility } from '../../schemas/views/volatility/realized_volatility.ts'
import { materializedView } from '../silver/derived.ts'
import type { Computation } from './computation.ts'
import { reversalSeries } from './intraday-reversal.ts'
import { volatilitySeries } from './realized-volatility.ts'
import { inSeries, type MadeIn } from './series.ts'
import { spreadSeries } from './spread-estimates.ts'

/** For views of all symbols, which are most of what a rebuild writes. Level 2 takes a sixth less time than 3, for 1 % more bytes. */
const quickLevel = 2

const overSeries: ReadonlyMap<View, MadeIn> = new Map<View, MadeIn>([
  [realizedVolatility, inSeries(volatilitySeries)],
  [spreadEstimates, inSeries(spreadSeries)],
  [intradayReversal, inSeries(reversalSeries)],
])

/** How a view over series is made in memory. */
const seriesOf = (view: View) => {
  const { rowsBack } = view.materialized!
  const make = overSeries.get(view)
  if ((rowsBack !== undefined) !== (make !== undefined))
    throw new Error(`${view.name}: a view over series declares \`rowsBack\` and has its windows in pipeline/compute`)
  return make && { make, rowsBack: rowsBack! }
}

export const materialize = (view: View): Computation => {
  const { yearsOf, daysBack, definition } = materializedView(view)
  const { yearOf, yearsAtOnce, rowGroup, isByDay, embedded = view.sql } = view.materialized!
  const series = seriesOf(view)
  return {
    into: { ...view, yearOf, ...(rowGroup ? { rowGroup, level: quickLevel } : {}) },
    reads: view.sql.reads,
    yearsOf,
    daysBack,
    definition,
    ...(yearsAtOnce ? { yearsAtOnce } : {}),
    ...(isByDay ? { isByDay } : {}),
    produce: async ({ engine }, { from, to }) => {
      if (series)
        return series.make(engine, { bars: view.sql.reads[0]!, daysBack, rowsBack: series.rowsBack }, { from, to })
      await engine.run(
        `create or replace table computed as select * from (${renderView({ ...view, sql: embedded })})
         where ${yearOf} >= date '${from}-01-01' and ${yearOf} < date '${to + 1}-01-01'`,
      )
      return 'computed'
    },
  }
}
