/**
 * The signals: one entry each, with the column of crash_precursors, the levels at which it lights and goes out, and its texts.
 * The levels were fixed before any evaluation. Everything that shows a signal reads its entry.
 */
import type { Group } from './precursors.ts'
import { heavyVacuum, manyKinds } from './thresholds.ts'
import type { crashPrecursors } from './views/composite/crash_precursors.ts'

/** The same text in every language: English, Chinese. */
export type Text = readonly [english: string, chinese: string]

export interface Signal {
  readonly column: keyof typeof crashPrecursors.columns & string
  readonly group: Group
  /** The side of the level on which it is lit; `true` for a column of true and false, which counts as 1 and 0. */
  readonly direction: 'above' | 'below' | 'true'
  /** It lights beyond this level. A value equal to it lights a signal of direction `below`, and not one of direction `above`. */
  readonly on: number
  /** It goes out when the value is back at this level. Between the levels it stays as it was. */
  readonly off: number
  /** Unit of the column; left out for true and false. */
  readonly unit?: string
  /** How its value is written. */
  readonly format: 'yes' | 'share' | 'dollars' | 'number' | 'sessions' | 'days' | 'kinds'
  readonly title: Text
  /** Why it is lit. `{on}` stands for the level. */
  readonly lit: Text
  /** Why it is not lit. */
  readonly notLit: Text
}

export const signals: readonly Signal[] = [
  {
    column: 'index_is_gap_and_reverse',
    group: 'price',
    direction: 'true',
    on: 1,
    off: 0,
    format: 'yes',
    title: ['S&P 500 gap and reverse', '标普500高开低走'],
    lit: ['gap above 1 %, close below the previous close', '跳空高开超过 1 %,收盘低于前收'],
    notLit: ['no gap above 1 % that ended below the previous close', '没有“跳空高开超过 1 % 而收盘低于前收”的情形'],
  },
  {
    column: 'etf_is_gap_and_reverse',
    group: 'price',
    direction: 'true',
    on: 1,
    off: 0,
    format: 'yes',
    title: ['SPY gap and reverse', 'SPY 高开低走'],
    lit: ['gap above 1 %, close below the previous close', '跳空高开超过 1 %,收盘低于前收'],
    notLit: ['no gap above 1 % that ended below the previous close', '没有“跳空高开超过 1 % 而收盘低于前收”的情形'],
  },
  {
    column: 'index_close_location',
    group: 'price',
    direction: 'below',
    on: -0.9,
    off: -0.9,
    unit: 'ratio',
    format: 'number',
    title: ['S&P 500 close location', '标普500收盘位置'],
    lit: ['at or below {on}: closed on the low', '不高于 {on}:收于最低点附近'],
    notLit: ['above {on}: not closed on the low', '高于 {on}:并非收于最低点附近'],
  },
  {
    column: 'etf_range_fraction',
    group: 'price',
    direction: 'above',
    on: 0.03,
    off: 0.03,
    unit: 'fraction',
    format: 'share',
    title: ['SPY range', 'SPY 振幅'],
    lit: ['above {on}, which is rare; the median is 1.1 %', '超过 {on},较为少见;中位数为 1.1 %'],
    notLit: ['not above {on}; the median is 1.1 %', '未超过 {on};中位数为 1.1 %'],
  },
  {
    column: 'vix_percentile_expanding',
    group: 'volatility',
    direction: 'above',
    on: 0.9,
    off: 0.85,
    unit: 'fraction',
    format: 'share',
    title: ['VIX percentile', 'VIX 百分位'],
    lit: ['more than {on} of all closes so far were not above this one', '迄今超过 {on} 的收盘不高于当日'],
    notLit: ['at most {on} of all closes so far were not above this one', '迄今不高于当日的收盘至多占 {on}'],
  },
  {
    column: 'sessions_since_higher_vix',
    group: 'volatility',
    direction: 'above',
    on: 100,
    off: 50,
    unit: 'sessions',
    format: 'sessions',
    title: ['Sessions since VIX closed as high', '距 VIX 上次同样高收盘的交易日数'],
    lit: ['the highest close of more than {on} sessions', '超过 {on} 个交易日以来最高'],
    notLit: ['VIX closed as high within the last {on} sessions', '最近 {on} 个交易日内有过同样高的收盘'],
  },
  {
    column: 'vix_term_structure',
    group: 'volatility',
    direction: 'above',
    on: 1,
    off: 0.97,
    unit: 'ratio',
    format: 'number',
    title: ['VIX curve, VIX / VIX3M', 'VIX 期限结构(VIX / VIX3M)'],
    lit: ['above {on}; the curve is inverted above 1', '高于 {on};高于 1 时曲线倒挂'],
    notLit: ['not above {on}; the curve is inverted above 1', '未高于 {on};高于 1 时曲线倒挂'],
  },
  {
    column: 'vvix_close',
    group: 'volatility',
    direction: 'above',
    on: 110,
    off: 105,
    unit: 'points',
    format: 'number',
    title: ['VVIX', 'VVIX'],
    lit: ['above {on}', '高于 {on}'],
    notLit: ['not above {on}', '未高于 {on}'],
  },
  {
    column: 'average_correlation_20',
    group: 'correlation',
    direction: 'above',
    on: 0.7,
    off: 0.6,
    unit: 'ratio',
    format: 'number',
    title: ['Correlation of the sectors', '板块相关性'],
    lit: [
      'above {on}: the sectors move as one; the mean since 1999 is 0.55',
      '高于 {on}:各板块同涨同跌;1999 年以来均值为 0.55',
    ],
    notLit: [
      'not above {on}: the sectors do not move as one; the mean since 1999 is 0.55',
      '未高于 {on}:各板块并非同涨同跌;1999 年以来均值为 0.55',
    ],
  },
  {
    column: 'absorption_shift',
    group: 'correlation',
    direction: 'above',
    on: 1,
    off: 0.7,
    unit: 'standard deviations',
    format: 'number',
    title: ['Absorption ratio against its year', '吸收比率相对其一年水平'],
    lit: [
      'standard deviations above its one-year mean: more than {on}, which its authors call fragile',
      '高出一年均值超过 {on} 个标准差:据其作者,市场脆弱',
    ],
    notLit: ['standard deviations above its one-year mean: not more than {on}', '高出一年均值不超过 {on} 个标准差'],
  },
  {
    column: 'turbulence',
    group: 'correlation',
    direction: 'above',
    on: 3,
    off: 2,
    unit: 'ratio',
    format: 'number',
    title: ['Turbulence of the sectors', '板块动荡度'],
    lit: ['more than {on} times the average distance of the past year', '超过过去一年平均距离的 {on} 倍'],
    notLit: ['at most {on} times the average distance of the past year', '不超过过去一年平均距离的 {on} 倍'],
  },
  {
    column: 'net_gamma_known',
    group: 'liquidity',
    direction: 'below',
    on: 0,
    off: 5e8,
    unit: 'USD per 1 %',
    format: 'dollars',
    title: ['Dealer gamma, SqueezeMetrics', '做市商伽马,SqueezeMetrics'],
    lit: ['at or below {on}; dealers sell into falls below zero', '不高于 {on};低于零时做市商在下跌中卖出'],
    notLit: ['above {on}; dealers sell into falls only below zero', '高于 {on};仅在低于零时做市商才在下跌中卖出'],
  },
  {
    column: 'chain_net_gamma',
    group: 'liquidity',
    direction: 'below',
    on: 0,
    off: 5e8,
    unit: 'USD per 1 %',
    format: 'dollars',
    title: ['Dealer gamma, option chain', '做市商伽马,期权链'],
    lit: [
      'at or below {on}; dealers sell into falls below zero, if they are long calls and short puts',
      '不高于 {on};低于零时做市商在下跌中卖出(假定其多看涨、空看跌)',
    ],
    notLit: [
      'above {on}; dealers sell into falls only below zero, if they are long calls and short puts',
      '高于 {on};仅在低于零时做市商才在下跌中卖出(假定其多看涨、空看跌)',
    ],
  },
  {
    column: 'is_negative_gamma_proxy',
    group: 'liquidity',
    direction: 'true',
    on: 1,
    off: 0,
    format: 'yes',
    title: ['Negative gamma, a proxy', '负伽马(代理指标)'],
    lit: [
      'inferred from prices alone: below the mean, rising volatility, VIX up',
      '仅由价格推测:低于均线,波动上升,VIX 上升',
    ],
    notLit: [
      'inferred from prices alone: not all of below the mean, rising volatility and VIX up',
      '仅由价格推测:“低于均线、波动上升、VIX 上升”未同时成立',
    ],
  },
  {
    column: 'is_depth_vacuum',
    group: 'liquidity',
    direction: 'true',
    on: 1,
    off: 0,
    format: 'yes',
    title: ['Depth vacuum', '深度真空'],
    lit: ['depth below half of its 20-session mean', '盘口深度低于 20 日均值的一半'],
    notLit: ['depth not below half of its 20-session mean', '盘口深度不低于 20 日均值的一半'],
  },
  {
    column: 'etf_share_z_known',
    group: 'flow',
    direction: 'above',
    on: 3,
    off: 2,
    unit: 'standard deviations',
    format: 'number',
    title: ['ETF share of volume', 'ETF 成交占比'],
    lit: ['more than {on} standard deviations above its mean of 60 sessions', '高于 60 日均值超过 {on} 个标准差'],
    notLit: [
      'not more than {on} standard deviations above its mean of 60 sessions',
      '未高于 60 日均值 {on} 个标准差以上',
    ],
  },
  {
    column: 'share_pressure_known',
    group: 'flow',
    direction: 'above',
    on: 2,
    off: 1,
    unit: 'standard deviations',
    format: 'number',
    title: ['Basket selling', '一篮子抛售'],
    lit: [
      'the ETF share rose more than {on} standard deviations above its mean while SPY fell',
      'SPY 下跌时 ETF 占比高出均值超过 {on} 个标准差',
    ],
    notLit: [
      'the ETF share did not rise more than {on} standard deviations above its mean while SPY fell',
      '并非“SPY 下跌而 ETF 占比高出均值超过 {on} 个标准差”',
    ],
  },
  {
    column: 'impactful_kind_count',
    group: 'catalyst',
    direction: 'above',
    on: manyKinds,
    off: manyKinds,
    unit: 'kinds',
    format: 'kinds',
    title: ['Kinds of catalysts at once', '同时出现的催化剂种类'],
    lit: [
      'more than {on} kinds that could move the market hit this session',
      '超过 {on} 种足以撼动市场的催化剂同日发生',
    ],
    notLit: [
      'at most {on} kinds that could move the market hit this session',
      '同日发生的、足以撼动市场的催化剂至多 {on} 种',
    ],
  },
  {
    column: 'is_resonance',
    group: 'catalyst',
    direction: 'true',
    on: 1,
    off: 0,
    format: 'yes',
    title: ['Resonance', '共振'],
    lit: [
      'three kinds or more that could move the market, which was known to be fragile the evening before',
      '三种以上足以撼动市场的催化剂,落在前一晚已知脆弱的市场上',
    ],
    notLit: [
      'fewer than three kinds that could move the market, or a market not known to be fragile the evening before',
      '足以撼动市场的催化剂不足三种,或前一晚市场并不脆弱',
    ],
  },
  {
    column: 'weighted_overdue',
    group: 'macro',
    direction: 'above',
    on: heavyVacuum,
    off: 1.5,
    unit: 'ratio',
    format: 'number',
    title: ['Data vacuum', '数据真空'],
    lit: ['overdue releases weigh more than {on} payrolls together', '逾期未发布数据的权重合计超过 {on} 次非农'],
    notLit: ['overdue releases weigh at most {on} payrolls together', '逾期未发布数据的权重合计不超过 {on} 次非农'],
  },
  {
    column: 'longest_delay_days',
    group: 'macro',
    direction: 'above',
    on: 13,
    off: 13,
    unit: 'days',
    format: 'days',
    title: ['Delayed release', '迟到的数据发布'],
    lit: ['a release came more than {on} days late', '有数据推迟超过 {on} 天发布'],
    notLit: ['no release came more than {on} days late', '没有数据推迟超过 {on} 天发布'],
  },
]

export const signalNamed = (column: Signal['column']): Signal => signals.find((each) => each.column === column)!
