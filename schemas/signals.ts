/** When a precursor counts as lit: thresholds fixed beforehand, each with its reason. Columns are those of crash_precursors. */
import type { Group } from './precursors.ts'
import type { crashPrecursors } from './views/composite/crash_precursors.ts'

export interface Signal {
  readonly column: keyof typeof crashPrecursors.columns & string
  readonly group: Group
  readonly title: string
  readonly lit: 'above' | 'below' | 'true'
  readonly threshold: number
  readonly because: string
}

export const signals: readonly Signal[] = [
  {
    column: 'index_is_gap_and_reverse',
    group: 'price',
    title: 'S&P 500 gap and reverse',
    lit: 'true',
    threshold: 1,
    because: 'gap above 1 %, close below the previous close',
  },
  {
    column: 'etf_is_gap_and_reverse',
    group: 'price',
    title: 'SPY gap and reverse',
    lit: 'true',
    threshold: 1,
    because: 'gap above 1 %, close below the previous close',
  },
  {
    column: 'index_close_location',
    group: 'price',
    title: 'S&P 500 closed on its low',
    lit: 'below',
    threshold: -0.9,
    because: 'close location at or below -0.9',
  },
  {
    column: 'etf_range_fraction',
    group: 'price',
    title: 'SPY range',
    lit: 'above',
    threshold: 0.03,
    because: 'a range above 3 % is rare; the median is 1.1 %',
  },
  {
    column: 'vix_percentile_expanding',
    group: 'volatility',
    title: 'VIX percentile',
    lit: 'above',
    threshold: 0.9,
    because: 'above nine tenths of all closes so far',
  },
  {
    column: 'sessions_since_higher_vix',
    group: 'volatility',
    title: 'Sessions since VIX closed as high',
    lit: 'above',
    threshold: 100,
    because: 'highest in 100 sessions or more',
  },
  {
    column: 'vix_term_structure',
    group: 'volatility',
    title: 'VIX curve',
    lit: 'above',
    threshold: 1,
    because: 'VIX above VIX3M: the curve is inverted',
  },
  { column: 'vvix_close', group: 'volatility', title: 'VVIX', lit: 'above', threshold: 110, because: 'above 110' },
  {
    column: 'average_correlation_20',
    group: 'correlation',
    title: 'Correlation of the sectors',
    lit: 'above',
    threshold: 0.7,
    because: 'above 0.7 the sectors move as one; the mean since 1999 is 0.55',
  },
  {
    column: 'absorption_shift',
    group: 'correlation',
    title: 'Absorption ratio against its year',
    lit: 'above',
    threshold: 1,
    because: 'one standard deviation above its year: fragile, by its authors',
  },
  {
    column: 'turbulence',
    group: 'correlation',
    title: 'Turbulence of the sectors',
    lit: 'above',
    threshold: 3,
    because: 'three times the average distance from the last year',
  },
  {
    column: 'net_gamma_known',
    group: 'liquidity',
    title: 'Dealer gamma, SqueezeMetrics',
    lit: 'below',
    threshold: 0,
    because: 'below zero dealers sell into falls',
  },
  {
    column: 'chain_net_gamma',
    group: 'liquidity',
    title: 'Dealer gamma, option chain',
    lit: 'below',
    threshold: 0,
    because: 'below zero dealers sell into falls, if they are long calls and short puts',
  },
  {
    column: 'is_negative_gamma_proxy',
    group: 'liquidity',
    title: 'Negative gamma, a proxy',
    lit: 'true',
    threshold: 1,
    because: 'a guess from prices: below the mean, rising volatility, VIX up',
  },
  {
    column: 'is_depth_vacuum',
    group: 'liquidity',
    title: 'Depth vacuum',
    lit: 'true',
    threshold: 1,
    because: 'depth below half of its 20-session mean',
  },
  {
    column: 'etf_share_z_known',
    group: 'flow',
    title: 'ETF share of volume',
    lit: 'above',
    threshold: 3,
    because: 'three standard deviations above 60 sessions',
  },
  {
    column: 'share_pressure_known',
    group: 'flow',
    title: 'Basket selling',
    lit: 'above',
    threshold: 2,
    because: 'ETF share two standard deviations up while SPY fell',
  },
  {
    column: 'impactful_kind_count',
    group: 'catalyst',
    title: 'Kinds of catalysts at once',
    lit: 'above',
    threshold: 2,
    because: 'three kinds or more that could move the market hit one session',
  },
  {
    column: 'is_resonance',
    group: 'catalyst',
    title: 'Resonance',
    lit: 'true',
    threshold: 1,
    because: 'three kinds that could move the market, on one known fragile the evening before',
  },
  {
    column: 'weighted_overdue',
    group: 'macro',
    title: 'Data vacuum',
    lit: 'above',
    threshold: 2,
    because: 'releases overdue that weigh more than two payrolls',
  },
  {
    column: 'longest_delay_days',
    group: 'macro',
    title: 'Delayed release',
    lit: 'above',
    threshold: 13,
    because: 'a release two weeks late or more',
  },
]
