/** Bid-ask spreads of all symbols by EDGE, over windows of 21 bars. */
import { effectiveSpreads } from '../../schemas/tables/effective_spreads.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import type { Computation, Span } from './computation.ts'
import { derivedKnowledge } from './derived-rows.ts'
import { type BarPair, edgeOfWindows } from './edge.ts'
import { inYears, partsOf } from './parts.ts'
import { inPieces } from './pieces.ts'

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

export const effectiveSpreadsComputation: Computation = {
  into: effectiveSpreads,
  reads: [dailyBarsAsKnown],
  daysBack: 60,
  definition: `edge ${window} v1`,
  yearsAtOnce: 3,
  means: 'code',
  produce: async ({ engine }, span) => {
    await engine.run(
      `create or replace table spread_bars as
       select symbol, session, known_at,
         case when has_open and has_range and previous_close is not null then open end as open,
         high, low, previous_close, previous_high, previous_low
       from daily_bars_as_known order by symbol, session`,
    )
    const pairs = await engine.doubles(pairColumns, 'spread_bars')
    await engine.loadDoubles('spread_values', { edge_21: await edgeInPieces(pairs, window - 1) })
    const rows = (part: Span) =>
      `spread_bars positional join spread_values where edge_21 is not null and ${inYears('session', part)}`
    const [found] = await engine.rows<{ n: number }>(`select count(*) as n from ${rows(span)}`)
    const columns = `symbol, session, edge_21, ${derivedKnowledge('session', 'known_at')}`
    return {
      queries: partsOf(engine, span, found!.n).map((part) => `select ${columns} from ${rows(part)}`),
      rowCount: found!.n,
    }
  },
}

const rowsInPiece = 5_000

/** As `edgeOfWindows`, in pieces. A spread depends on the rows of its window alone. */
export const edgeInPieces = async (pairs: BarPair, n: number): Promise<Float64Array> => {
  const spreads = new Float64Array(pairs.open.length)
  const starts = Array.from({ length: Math.ceil(spreads.length / rowsInPiece) }, (_, i) => i * rowsInPiece)
  await inPieces(starts, (start) => {
    const before = Math.min(start, n - 1)
    const rows = (name: keyof BarPair) => pairs[name].subarray(start - before, start + rowsInPiece)
    const piece = Object.fromEntries(pairColumns.map((name) => [name, rows(name)])) as Record<
      keyof BarPair,
      Float64Array
    >
    spreads.set(edgeOfWindows(piece, n).subarray(before), start)
    return []
  })
  return spreads
}
