/** Returns that followed earlier gap-and-reverse sessions, as known on the evening of each case. */
import { mean, median } from 'd3-array'
import { randomLcg } from 'd3-random'
import { meanInterval } from '../../core/bootstrap.ts'
import { benchmark } from '../../schemas/baskets.ts'
import { analogStatistics } from '../../schemas/tables/analog_statistics.ts'
import { forwardHorizons } from '../../schemas/thresholds.ts'
import { literals } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { gapAndReverse } from '../../schemas/views/bars/gap_and_reverse.ts'
import type { Computation } from './computation.ts'
import { derivedFrom } from './derived-rows.ts'
import { inPieces } from './pieces.ts'

const resamples = 1000

interface Bar {
  symbol: string
  session: string
  log_return: number | null
  known_at: string
}

interface Case {
  symbol: string
  session: string
  threshold: number
  ordinal: number
  opens_valid_from: string
}

const listed = literals(Object.values(benchmark)).text

export const analogsComputation: Computation = {
  into: analogStatistics,
  reads: [dailyBarsAsKnown, gapAndReverse],
  daysBack: Number.POSITIVE_INFINITY,
  definition: `analogs ${forwardHorizons.join()} ${resamples} v1`,
  means: 'code',
  produce: async ({ engine }, { from, to }) => {
    const bars = await engine.rows<Bar>(
      `select symbol, session, ln(close / previous_close) as log_return, known_at from daily_bars_as_known where symbol in (${listed}) order by symbol, session`,
    )
    const cases = await engine.rows<Case>(
      `select symbol, session, threshold, ordinal, opens_valid_from from gap_and_reverse where symbol in (${listed}) order by symbol, threshold, session`,
    )
    const paths = new Map<string, Path>(
      Object.values(benchmark).map((symbol) => [symbol, pathOf(bars.filter((bar) => bar.symbol === symbol))]),
    )
    const within = (session: string) => Number(session.slice(0, 4)) >= from && Number(session.slice(0, 4)) <= to
    const wanted = cases.filter(({ session }) => within(session))
    const rows = await inPieces(wanted, (each) => statisticsOf(paths.get(each.symbol)!, cases, each))
    await engine.load('computed', analogStatistics.columns, rows)
    return 'computed'
  },
}

interface Path {
  readonly bars: readonly Bar[]
  readonly at: ReadonlyMap<string, number>
  /** Return over n sessions from a position. NaN if a bar is missing in between. */
  readonly ahead: (from: number, n: number) => number
}

const pathOf = (bars: readonly Bar[]): Path => {
  const sums = new Float64Array(bars.length)
  // Number of sessions so far without a return.
  const breaks = new Float64Array(bars.length)
  for (let i = 1; i < bars.length; i++) {
    const { log_return } = bars[i]!
    sums[i] = sums[i - 1]! + (log_return ?? 0)
    breaks[i] = breaks[i - 1]! + (log_return === null ? 1 : 0)
  }
  return {
    bars,
    at: new Map(bars.map(({ session }, i) => [session, i])),
    ahead: (i, n) => (breaks[i + n] === breaks[i] ? Math.exp(sums[i + n]! - sums[i]!) - 1 : Number.NaN),
  }
}

const statisticsOf = (path: Path, cases: readonly Case[], each: Case) => {
  const now = path.at.get(each.session)!
  const earlier = cases.filter(
    ({ symbol, threshold, session }) =>
      symbol === each.symbol && threshold === each.threshold && session < each.session,
  )
  return forwardHorizons.map((horizon) => {
    const followed = earlier
      .map(({ session }) => path.at.get(session)!)
      .filter((i) => i + horizon <= now)
      .map((i) => path.ahead(i, horizon))
      .filter((value) => !Number.isNaN(value))
    const base = unconditional(path, path.at.get(each.opens_valid_from)!, now, horizon)
    const seed = (each.ordinal * 7919 + horizon * 104_729) % 1_000_003
    const interval = meanInterval(followed, resamples, randomLcg(seed / 1_000_003))
    const { known_at } = path.bars[now]!
    return {
      symbol: each.symbol,
      threshold: each.threshold,
      session: each.session,
      horizon,
      case_count: followed.length,
      mean_return: mean(followed) ?? null,
      median_return: median(followed) ?? null,
      hit_rate: followed.length ? followed.filter((value) => value > 0).length / followed.length : null,
      mean_low_95: interval?.[0] ?? null,
      mean_high_95: interval?.[1] ?? null,
      unconditional_count: base.count,
      unconditional_mean: base.mean,
      ...derivedFrom(each.session, known_at),
    }
  })
}

const unconditional = ({ ahead }: Path, first: number, now: number, horizon: number) => {
  let count = 0
  let sum = 0
  for (let i = first; i + horizon <= now; i++) {
    const value = ahead(i, horizon)
    if (Number.isNaN(value)) continue
    count++
    sum += value
  }
  return { count, mean: count ? sum / count : null }
}
