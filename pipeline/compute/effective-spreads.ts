/** Bid-ask spreads of all symbols by EDGE, over windows of 21 bars. */
import { effectiveSpreads } from '../../schemas/tables/effective_spreads.ts'
import { sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import type { Computation } from './computation.ts'
import { derivedKnowledge } from './derived-rows.ts'
import { type BarPair, edgeOfWindows } from './edge.ts'
import { inSeries } from './series.ts'

const window = 21

/** A bar with the previous bar. NaN if either is missing or has no usable open or range. */
const pairColumns = [
  'open',
  'high',
  'low',
  'previous_close',
  'previous_high',
  'previous_low',
] as const satisfies readonly (keyof BarPair)[]

const daysBack = 60

const make = inSeries({
  terms: sql`
    select
      symbol, session,
      case when has_open and has_range and previous_close is not null then open end as open,
      high, low, previous_close, previous_high, previous_low
    from ${dailyBarsAsKnown}`,
  names: pairColumns,
  made: ['edge_21'],
  windows: (pairs, space) => ({ edge_21: edgeOfWindows(pairs, window - 1, space) }),
  rows: `select symbol, session, edge_21, ${derivedKnowledge('session', 'known_at')}
    from ${dailyBarsAsKnown.name} where edge_21 is not null`,
})

export const effectiveSpreadsComputation: Computation = {
  into: effectiveSpreads,
  reads: [dailyBarsAsKnown],
  daysBack,
  definition: `edge ${window} v1`,
  yearsAtOnce: 5,
  produce: ({ engine }, span) => make(engine, { bars: dailyBarsAsKnown, daysBack, rowsBack: window }, span),
}
