/** What moved on a session: prices against the previous close, and VIX. */
import { benchmark, sectors } from '../../schemas/baskets.ts'
import { literals, raw, sql } from '../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { intradayReversal } from '../../schemas/views/bars/intraday_reversal.ts'
import { varianceRiskPremium } from '../../schemas/views/volatility/variance_risk_premium.ts'
import { volatilityRegime } from '../../schemas/views/volatility/volatility_regime.ts'
import { isOneOf } from '../fragments.ts'
import { listOf, oneOf } from './subject.ts'

const shown = [benchmark.index, benchmark.etf, 'QQQ', 'NVDA', ...sectors.symbols]
const placeOf = raw(`case r.symbol ${shown.map((symbol, i) => `when '${symbol}' then ${i}`).join(' ')} end`)

export interface Move {
  readonly symbol: string
  readonly close: number | null
  readonly gap_return: number | null
  readonly close_return: number | null
  readonly range_fraction: number | null
  readonly close_location: number | null
}

export const moves = listOf<Move>(
  (sessions) => sql`
    select r.session, r.symbol, b.close, r.gap_return, r.open_to_close_return, r.close_return, r.range_fraction, r.close_location,
      case when r.range_fraction is not null then b.high / b.previous_close - 1 end as high_return,
      case when r.range_fraction is not null then b.low / b.previous_close - 1 end as low_return
    from ${intradayReversal} r
    join ${dailyBarsAsKnown} b on b.symbol = r.symbol and b.session = r.session
    where ${isOneOf('r.session', sessions)} and r.symbol in (${literals(shown)})
    order by r.session, ${placeOf}`,
)

export interface Volatility {
  /** Whether no earlier session of the lake has a close of VIX. */
  readonly is_first: boolean
  readonly vix_close: number
  readonly vix_change_fraction: number | null
  readonly vix_percentile_expanding: number | null
  readonly sessions_since_higher_close: number | null
  readonly higher_close_on: string | null
  readonly vix_term_structure: number | null
}

export const volatility = oneOf<Volatility>(
  (sessions) => sql`
    select r.session, r.earlier_close_count = 0 as is_first, r.vix_close, r.vix_change_fraction, r.vix_percentile_expanding, r.sessions_since_higher_close,
      r.higher_close_on, r.sessions_since_higher_high, r.higher_high_on, r.vix_term_structure, r.vvix_close,
      r.skew_close, p.variance_risk_premium
    from ${volatilityRegime} r
    left join ${varianceRiskPremium} p on p.session = r.session
    where ${isOneOf('r.session', sessions)}`,
)
