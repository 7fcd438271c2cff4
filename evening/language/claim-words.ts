/** The statements of the published explanation, its own words, and the answers of the data: English, Chinese. */
export const claimWords = {
  claim_date: ['It happened on 21 November.', '事件发生在 11 月 21 日。'],
  narrative_date: [
    'The published explanation, written in Beijing time, dates it to the 21st.',
    '该解释以北京时间写成，把它记为 21 日。',
  ],
  says_date: [
    'The session was {own} in New York: {own} closed {fall}, {next} closed {after}.',
    '纽约交易日为 {own}：{own} 收 {fall}，{next} 收 {after}。',
  ],
  claim_reversal: [
    'The S&P 500 opened more than 1 % up and closed below the previous close.',
    '标普500高开超过 1 %，收盘低于前收。',
  ],
  narrative_reversal: [
    'The published explanation: 1.4 % up at the open on the results of NVDA, 1.6 % down at the close.',
    '该解释：因英伟达业绩高开 1.4 %，收跌 1.6 %。',
  ],
  says_reversal: ['Gap {gap}, close {close}.', '跳空 {gap}，收盘 {close}。'],
  claim_rare: ['Such a reversal is one of a handful since 1957.', '这样的反转自 1957 年以来屈指可数。'],
  narrative_rare: ['The published explanation: eight times since 1957.', '该解释：自 1957 年以来八次。'],
  says_rare: [
    'The index counts {count}, but on opens that are real prints only since {from}{until}, so nothing follows for 1957. SPY, whose opens are trades, counts {other} since {since}.',
    '指数计数为 {count} 次，但其开盘价自 {from} 起才是真实成交{until}，因此无法推及 1957 年。开盘价为真实成交的 SPY 自 {since} 起计数为 {other} 次。',
  ],
  says_rare_alike: [
    'The index counts {count}, on opens that are real prints only since {from}{until}; SPY counts {other} since {since}. Nothing follows for 1957.',
    '指数计数为 {count} 次，开盘价自 {from} 起才是真实成交{until}；SPY 自 {since} 起计数为 {other} 次。无法推及 1957 年。',
  ],
  says_rare_until: [' (and again not until {on})', '（其间至 {on} 又有不真实的）'],
  says_rare_unknown: [
    'The lake does not count such reversals of both the index and the fund on earlier sessions.',
    '数据湖中没有指数与基金此前此类反转的计数。',
  ],
  claim_last_two: ['The last two were 2020-04-07 and 2025-04-08.', '最近两次是 2020-04-07 和 2025-04-08。'],
  narrative_last_two: ['The published explanation names these two.', '该解释点名这两次。'],
  says_last_two: [
    'Above a gap of 1.4 % the last were {wide}; at 1 % there {between:was|were} {between} {between:other|others} since, the last on {last}. The threshold decides.',
    '跳空超过 1.4 % 时最近几次为 {wide}；以 1 % 计其间还有 {between} 次，最近为 {last}。结论取决于阈值。',
  ],
  claim_vix: [
    'VIX closed at its highest in more than {on} {on:session|sessions}.',
    'VIX 收于超过 {on} 个交易日以来最高。',
  ],
  narrative_vix: ['The published explanation: VIX at 26.05, highest since April.', '该解释：VIX 26.05，四月以来最高。'],
  says_vix: [
    'It closed at {close}; the last close as high was {on}, {count} {count:session|sessions} before. By highs: {high}, {sessions} {sessions:session|sessions} before.',
    '收于 {close}；上次同样高的收盘在 {on}，{count} 个交易日之前。按最高价：{high}，{sessions} 个交易日之前。',
  ],
  says_vix_record: ['It closed at {close}, higher than ever before in the lake.', '收于 {close}，为数据湖中最高。'],
  says_vix_short: [
    'It closed at {close}, higher than every earlier close in the lake, which has only {count} of them.',
    '收于 {close}，高于数据湖中此前的每个收盘，但此前只有 {count} 个。',
  ],
  claim_closed_on_low: ['The index closed on its low.', '指数收于最低点附近。'],
  says_closed_on_low: [
    'Close location {location}: low {low}, close {close}.',
    '收盘位置 {location}：最低 {low}，收盘 {close}。',
  ],
  claim_turned: ['It turned at about 10:30.', '约在 10:30 转向。'],
  narrative_turned: [
    'The published explanation: up at 9:30, turned at about 10:30.',
    '该解释：9:30 上涨，约 10:30 转向。',
  ],
  says_turned: [
    'SPY had its high at {high} and was below its open for good from {below}.',
    'SPY 于 {high} 见高点，自 {below} 起不再高于开盘价。',
  ],
  says_not_turned: [
    'SPY had its high at {high} and closed at or above its open.',
    'SPY 于 {high} 见高点，收盘不低于开盘价。',
  ],
  says_no_minutes: ['The lake has no bars inside this session.', '数据湖中没有当日的盘中数据。'],
  says_few_minutes: ['The bars of this session do not cover enough of it.', '当日的盘中数据不足。'],
  says_no_previous_minutes: [
    'The lake has no bars inside the previous session, so the gap is not known.',
    '数据湖中没有前一交易日的盘中数据，无法得知跳空。',
  ],
  says_no_gap: ['SPY did not open above its previous close: {gap}.', 'SPY 开盘未高于前收：{gap}。'],
  claim_gap_lost: ['The whole gap was lost.', '跳空全部失去。'],
  narrative_gap_lost: ['The published explanation: the gain was gone by noon.', '该解释：涨幅到中午已全部失去。'],
  says_gap_lost: ['SPY first closed a bar below the previous close at {at}.', 'SPY 于 {at} 首次收于前收以下。'],
  says_gap_kept: ['SPY closed no bar below the previous close.', 'SPY 没有一根 K 线收于前收以下。'],
  claim_free_fall: ['It was a free fall in the afternoon.', '下午是自由落体。'],
  narrative_free_fall: ['The published explanation calls the afternoon a free fall.', '该解释称下午为自由落体。'],
  says_free_fall: [
    'The steepest half hour of SPY was {steepest}, ending at {at}; jumps are {jumps} of the variance.',
    'SPY 最陡的半小时为 {steepest}，止于 {at}；跳跃占方差的 {jumps}。',
  ],
  claim_etf_share: ['ETFs traded an unusual share of the volume.', 'ETF 成交占比异常。'],
  narrative_etf_share: [
    'The published explanation, quoting a trading desk: 41 % against an average of 28 %.',
    '该解释引自一家交易台：41 %，均值 28 %。',
  ],
  says_etf_share: [
    '{share} against a mean of {mean}, {z} standard deviations ({definition}).',
    '{share}，均值 {mean}，偏离 {z} 个标准差（{definition}）。',
  ],
  says_etf_share_unknown: [
    'The lake has no ETF share of this session; the figure of the trading desk could not be verified.',
    '数据湖中没有当日的 ETF 占比；交易台数字无法核实。',
  ],
  claim_correlation: [
    'The sectors moved as one: correlation went up and defensives were dragged down.',
    '各板块同涨同跌：相关性上升，防御板块被拖累。',
  ],
  narrative_correlation: [
    'The published explanation: correlation went to 1, defensives were dragged down.',
    '该解释：相关性趋于 1，防御板块被拖累。',
  ],
  says_correlation: [
    'Correlation was not lit: {correlation} over 20 sessions among {count} {count:sector|sectors}, at or above {percentile} of its history; it lights above {on}. Consumer staples (XLP) closed {defensive}.',
    '相关性未亮：{count} 个板块 20 日相关系数 {correlation}，不低于历史的 {percentile}；高于 {on} 才亮起。必需消费（XLP）收 {defensive}。',
  ],
  says_correlation_lit: [
    'Correlation was lit: {correlation} over 20 sessions among {count} {count:sector|sectors}, at or above {percentile} of its history. Consumer staples (XLP) closed {defensive}.',
    '相关性亮起：{count} 个板块 20 日相关系数 {correlation}，不低于历史的 {percentile}。必需消费（XLP）收 {defensive}。',
  ],
  claim_gamma: ['Dealers were short gamma and sold into the fall.', '做市商处于负伽马，在下跌中卖出。'],
  narrative_gamma: [
    'The published explanation, quoting a trading desk: dealers short gamma, the level of change near 6,770.',
    '该解释引自一家交易台：做市商负伽马，变号价位约 6770。',
  ],
  says_gamma: [
    'Dealer gamma of the session: {squeeze} by SqueezeMetrics, {chain} from the option chain, per 1 %.',
    '当日做市商伽马（每 1 %）：SqueezeMetrics {squeeze}，期权链 {chain}。',
  ],
  says_gamma_disagree: [
    'The two measures disagree: {squeeze} by SqueezeMetrics, {chain} from the option chain. Nobody knows the real position.',
    '两种度量不一致：SqueezeMetrics {squeeze}，期权链 {chain}。真实头寸无人知晓。',
  ],
  says_gamma_unknown: ['The lake has no gamma of this session.', '数据湖中没有当日的伽马。'],
  claim_depth: ['Top-of-book depth was below half of its average.', '盘口深度低于均值的一半。'],
  narrative_depth: [
    'The published explanation, quoting a trading desk: $5 m against an average of $11 m.',
    '该解释引自一家交易台：500 万美元，均值 1100 万美元。',
  ],
  says_depth: [
    '{depth} against a mean of {mean}: {ratio} of it ({source}).',
    '{depth}，均值 {mean}：为其 {ratio}（{source}）。',
  ],
  says_depth_unknown: [
    'The lake has no depth of this session; no free source exists, and the figure of the trading desk could not be verified.',
    '数据湖中没有当日深度；没有免费来源，交易台数字无法核实。',
  ],
  claim_order: [
    'An order of $100 m moved the price five times as far as usual.',
    '1 亿美元的订单对价格的冲击是平时的五倍。',
  ],
  narrative_order: ['The published explanation: 0.5 % instead of 0.1 %.', '该解释：0.5 %，而非 0.1 %。'],
  says_order: [
    'Not measured. Calibrations through the explanation\u2019s own figures give {least} to {most} basis points; the quoted one {quoted}.',
    '并非测量。由该解释自身数字标定得到 {least} 至 {most} 个基点；所引用的为 {quoted}。',
  ],
  says_order_unknown: ['Not measured, and without a depth nothing can be drawn.', '并非测量；没有深度也无从推算。'],
  claim_sold: ['Results were good and were sold.', '业绩好，却遭卖出。'],
  narrative_sold: ['The published explanation: NVDA beat expectations and fell.', '该解释：英伟达超预期，却下跌。'],
  says_sold: [
    '{symbol}: {surprise} against consensus, gap {gap}, close {close}.',
    '{symbol}：较预期 {surprise}，跳空 {gap}，收盘 {close}。',
  ],
  says_sold_unknown: [
    '{symbol} reported; without a consensus in the lake nobody can say whether it was good. Gap {gap}, close {close}.',
    '{symbol} 公布业绩；数据湖中没有一致预期，无法判断好坏。跳空 {gap}，收盘 {close}。',
  ],
  says_no_results: ['No results hit the session, as far as the lake knows.', '据数据湖所知，当日没有业绩公布。'],
  claim_slowing: ['Its growth was slowing: the second derivative had turned.', '增长正在放缓：二阶导数已转向。'],
  narrative_slowing: ['The published explanation: the second derivative of its growth.', '该解释：其增长的二阶导数。'],
  says_growth: [
    '{symbol}: revenue {growth} over a year, {acceleration} percentage points against the quarter before.',
    '{symbol}：收入同比 {growth}，较上一季度 {acceleration} 个百分点。',
  ],
  says_growth_unknown: ['The growth was not known that evening.', '当晚尚不知其增速。'],
  claim_late: ['A release came more than {on} {on:day|days} late.', '有数据推迟超过 {on} 天发布。'],
  narrative_late: ['The published explanation: the September payrolls, weeks late.', '该解释：九月非农，迟到数周。'],
  says_late: ['{title}: due {due}, came {came}.', '{title}：应于 {due}，实际 {came}。'],
  says_late_unknown: [
    '{title}: due {due}, came {came}. Whether another release came later than that is unknown; not known of {missing}.',
    '{title}：应于 {due}，实际 {came}。是否另有更迟的数据未知；{missing} 未知。',
  ],
  says_no_release: ['No release hit the session, as far as the lake knows.', '据数据湖所知，当日没有数据发布。'],
  claim_governor: [
    'A governor of the Federal Reserve warned of private credit, which is rare.',
    '美联储理事罕见地警告私人信贷。',
  ],
  narrative_governor: [
    'The published explanation: Governor Cook, who rarely names it.',
    '该解释：库克理事，很少提及。',
  ],
  says_governor: [
    '{speaker}: {count} {count:sentence|sentences} about private credit; {novelty} of the earlier speeches of the speaker, of the last ten at most, mention it.',
    '{speaker}：{count} 句谈及私人信贷；该讲话人此前的讲话（至多最近十次）中有 {novelty} 涉及。',
  ],
  says_no_speech: [
    'No speech of the Board hit the session, as far as the lake knows.',
    '据数据湖所知，当日没有理事讲话。',
  ],
  says_no_text: [
    '{speaker} spoke; the text is not in the lake, or is not about it.',
    '{speaker} 发表讲话；数据湖中没有文本，或并未涉及。',
  ],
  claim_resonance: [
    'Three kinds of catalysts hit at once, on a market already fragile.',
    '三种催化剂同时落在本已脆弱的市场上。',
  ],
  narrative_resonance: ['The published explanation: these three together.', '该解释：三者同时发生。'],
  says_resonance: ['{hit}; the evening before was {ground}.{rate}', '{hit}；前一晚{ground}。{rate}'],
  says_resonance_rate: [' Three kinds or more hit {rate} of the sessions before.', '此前 {rate} 的交易日有三种以上。'],
  hit_known: ['{count} impactful {count:kind|kinds} ({kinds})', '{count} 种重大催化剂（{kinds}）'],
  hit_at_least: [
    'At least {count} impactful {count:kind|kinds} ({kinds}); not known of {missing}',
    '至少 {count} 种重大催化剂（{kinds}）；{missing} 未知',
  ],
  hit_unknown: [
    'The number of impactful kinds is unknown; not known of {missing}',
    '重大催化剂种类数未知；{missing} 未知',
  ],
  ground_fragile: ['fragile', '脆弱'],
  ground_firm: ['not fragile', '并不脆弱'],
  ground_unknown: ['unknown', '未知'],
  says_no_catalysts: ['The lake has no catalysts of this session.', '数据湖中没有当日的催化剂。'],
  claim_crash: ['A fall of 5 % or more followed within 20 sessions.', '其后 20 个交易日内下跌 5 % 或以上。'],
  narrative_crash: ['The published explanation calls it a crash.', '该解释称之为崩盘。'],
  says_crash: [
    'It did: {lowest} at the lowest close. Next session {next}, five on {week}, twenty-one on {month}.',
    '确实如此：最低收盘 {lowest}。次日 {next}，五日后 {week}，二十一日后 {month}。',
  ],
  says_no_crash: [
    'No fall of 5 % followed: the lowest close of 20 sessions was {lowest}. Next session {next}, five on {week}, twenty-one on {month}.',
    '其后没有出现 5 % 的下跌：20 个交易日内最低收盘 {lowest}。次日 {next}，五日后 {week}，二十一日后 {month}。',
  ],
  says_crash_open: [
    'The 20 sessions are not over. Next session {next}, five on {week}.',
    '20 个交易日尚未结束。次日 {next}，五日后 {week}。',
  ],
  says_no_rows: ['The lake has no rows about it.', '数据湖中没有相关的行。'],
} as const
