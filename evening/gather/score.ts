/** The score of a session and the share of its precursors that are known; what had followed earlier gaps that reversed. */
import { benchmark } from '../../schemas/baskets.ts'
import { analogStatistics } from '../../schemas/tables/analog_statistics.ts'
import { literals, sql } from '../../schemas/view.ts'
import { gapAndReverse } from '../../schemas/views/bars/gap_and_reverse.ts'
import { precursorScore } from '../../schemas/views/composite/precursor_score.ts'
import { isOneOf } from '../fragments.ts'
import { listOf, oneOf } from './subject.ts'

export interface Score {
  readonly score: number | null
  /** Share of the precursors of the score that are known. */
  readonly coverage: number
  readonly group_count: number
  /** Groups that are left out, comma-separated. */
  readonly missing_groups: string | null
}

export const score = oneOf<Score>(
  (sessions) => sql`
    select session, score, coverage, group_count, missing_groups
    from ${precursorScore}
    where ${isOneOf('session', sessions)}`,
)

export interface Analog {
  readonly symbol: string
  readonly horizon: number
  readonly ordinal: number
  readonly opens_valid_from: string
  readonly rarity: number
  readonly case_count: number
  readonly mean_return: number | null
  readonly mean_low_95: number | null
  readonly mean_high_95: number | null
  readonly unconditional_mean: number | null
}

/** Gaps above 1 % that reversed, for the index and for the fund, which disagree. */
export const analogs = listOf<Analog>(
  (sessions) => sql`
    select a.session, a.symbol, a.horizon, g.ordinal, g.opens_valid_from, g.rarity, a.case_count, a.mean_return,
      a.median_return, a.hit_rate, a.mean_low_95, a.mean_high_95, a.unconditional_mean
    from ${analogStatistics} a
    join ${gapAndReverse} g on g.symbol = a.symbol and g.threshold = a.threshold and g.session = a.session
    where ${isOneOf('a.session', sessions)} and a.threshold = 1e-2 and g.symbol in (${literals(Object.values(benchmark))})
    order by a.session, a.symbol, a.horizon`,
)
