/** The signals in Chinese: title and reason. English is in their declarations. */
import type { Signal } from '../../schemas/signals.ts'

export const signalWords: Partial<Record<Signal['column'], readonly [title: string, because: string]>> = {
  index_is_gap_and_reverse: ['标普500高开低走', '跳空高开超过 1 %,收盘低于前收'],
  etf_is_gap_and_reverse: ['SPY 高开低走', '跳空高开超过 1 %,收盘低于前收'],
  index_close_location: ['标普500收于最低点附近', '收盘位置不高于 -0.9'],
  etf_range_fraction: ['SPY 振幅', '振幅超过 3 % 少见;中位数为 1.1 %'],
  vix_percentile_expanding: ['VIX 百分位', '高于迄今十分之九的收盘'],
  sessions_since_higher_vix: ['距 VIX 上次更高收盘的交易日数', '100 个交易日以来最高'],
  vix_term_structure: ['VIX 期限结构', 'VIX 高于 VIX3M:曲线倒挂'],
  vvix_close: ['VVIX', '高于 110'],
  average_correlation_20: ['板块相关性', '高于 0.7 时各板块同涨同跌;1999 年以来均值为 0.55'],
  absorption_shift: ['吸收比率相对其一年水平', '高出一年均值一个标准差:据其作者,市场脆弱'],
  turbulence: ['板块动荡度', '为过去一年平均距离的三倍'],
  net_gamma_known: ['做市商伽马,SqueezeMetrics', '低于零时做市商在下跌中卖出'],
  chain_net_gamma: ['做市商伽马,期权链', '低于零时做市商在下跌中卖出(假定其多看涨、空看跌)'],
  is_negative_gamma_proxy: ['负伽马(代理指标)', '仅由价格推测:低于均线,波动上升,VIX 上升'],
  is_depth_vacuum: ['深度真空', '盘口深度低于 20 日均值的一半'],
  etf_share_z_known: ['ETF 成交占比', '高于 60 日均值三个标准差'],
  share_pressure_known: ['一篮子抛售', 'SPY 下跌时 ETF 占比高出两个标准差'],
  impactful_kind_count: ['同时出现的催化剂种类', '三种以上足以撼动市场的催化剂同日发生'],
  is_resonance: ['共振', '三种足以撼动市场的催化剂,落在前一晚已知脆弱的市场上'],
  weighted_overdue: ['数据真空', '逾期未发布数据的权重超过两次非农'],
  longest_delay_days: ['迟到的数据发布', '推迟两周以上的发布'],
}
