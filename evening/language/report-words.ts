/** Headings, notes and text alternatives of the report: English, Chinese. */
export const reportWords = {
  page_title: ['The evening of {session} (New York)', '{session} 晚（纽约）'],
  as_known: [
    'As known at 20:00 New York. Figures that became known later are in a section of their own at the end.',
    '以纽约时间 20:00 所知为准。之后才知道的内容单列于文末。',
  ],
  tile_lit: ['{known:signal|signals} lit', '项信号亮起'],
  lit_of: ['{lit} of {known}', '{lit} / {known}'],
  tile_score: [
    'score out of 100: percentile against its own history, not a probability',
    '综合分（满分 100）：在自身历史中的百分位，不是概率',
  ],
  tile_vix: ['VIX at the close', 'VIX 收盘'],
  tile_index: ['S&P 500, close to close', '标普500，收盘对收盘'],
  lit_tonight: ['Lit tonight: {count}', '今晚亮起：{count} 项'],
  nothing_lit: ['Nothing is lit.', '没有信号亮起。'],
  not_lit: ['Known and not lit: {count}', '已知且未亮：{count} 项'],
  signals_unknown: ['Unknown that evening: {count}', '当晚未知：{count} 项'],
  nav: ['Sections', '章节'],
  nav_lit: ['Lit tonight', '今晚亮起'],
  query: ['Query', '查询'],
  as_table: ['As a table ({count} {count:row|rows})', '表格形式（{count} 行）'],
  from_views: ['From {views}.', '取自 {views}。'],
  reported_by: [' Sources of the tables below them: {sources}.', '其下各表的来源：{sources}。'],
  terms_of_source: [': {licence}', '：“{licence}”'],
  terms_of_imports: [
    '{sources}: imported, under the terms of whoever imported them',
    '{sources}：导入的数据，适用导入者的条款',
  ],
  computed: ['the pipeline itself, from other tables', '流水线自身（由其他表计算）'],
  no_rows: ['The lake has no data of this kind for the session.', '数据湖中没有这一交易日的相关数据。'],
  came_later: ['Became known later', '之后才知道的'],
  note_later: [
    'Figures that came after that evening, and an event study with what is known now. No precursor reads them.',
    '当晚之后才有的数字，以及以目前所知所作的事件研究；任何先兆指标都不读取它们。',
  ],
  note_study_only: [
    'The lake has no figure that came after that evening. The event study is made with what is known now, and no precursor reads it.',
    '数据湖中没有当晚之后的数字。事件研究以目前所知所作，任何先兆指标都不读取它。',
  ],
  note_nothing_later: ['The lake has no figure that came after that evening.', '数据湖中没有当晚之后的数字。'],
  known_later: ['not known that evening', '当晚尚不可知'],
  footer_method: [
    'A signal lights beyond a level fixed beforehand and goes out at a second level. In the evaluation the score ranked falls no better than VIX alone.',
    '信号在超过事先确定的水平时亮起，在第二个水平熄灭。在评估中，综合分对下跌的排序并不优于单看 VIX。',
  ],
  footer_queries: [
    'Below each figure is the query that produces it. The command “precursor query” and Athena give the same rows.',
    '每个数字下方是产生它的查询；命令“precursor query”与 Athena 给出相同的行。',
  ],
  footer_time: [
    'Times are New York time. Sessions are those of the New York Stock Exchange. A text written in Asia may date the event one day later.',
    '时刻为纽约时间；交易日为纽约证券交易所的交易日。亚洲的文章可能把事件记为次日。',
  ],

  section_moved: ['What happened', '发生了什么'],
  exhibit_moved: ['The day against the previous close', '当日走势（相对前收）'],
  note_moved: [
    'Grey: from the low to the high. The arrow runs from the open to the close; a dot is the close where the open is not known. Daily bars do not show whether the high or the low came first.',
    '灰条：从最低到最高。箭头：从开盘到收盘；开盘价未知时以圆点表示收盘。日线无法说明最高点和最低点孰先孰后。',
  ],
  alternative_moved: [
    'Of {count} {count:symbol|symbols} {down} closed below the previous close.',
    '{count} 个代码中有 {down} 个收低于前收。',
  ],
  alternative_line_earlier: [
    '{what}: no value for this session; the last one is of {on}: {last}.',
    '{what}：当日没有数值；最近一个数值属于 {on}：{last}。',
  ],
  alternative_line_none: ['{what}: no value.', '{what}：没有数值。'],
  exhibit_before: ['S&P 500 up to the session', '标普500：截至当日'],
  alternative_line: [
    '{what}: from {first} on {from} to {last} on the session.',
    '{what}：从 {from} 的 {first} 到当日的 {last}。',
  ],
  alternative_line_one: ['{what}: {last} on the session.', '{what}：到当日的唯一数值为 {last}。'],
  series_index: ['S&P 500', '标普500'],
  series_vix: ['VIX', 'VIX'],
  series_vix3m: ['VIX3M', 'VIX3M'],
  lit_beyond: ['lit beyond {level}', '越过 {level} 亮起'],
  monday: ['Mon', '一'],
  wednesday: ['Wed', '三'],
  friday: ['Fri', '五'],
  unit_of_previous_close: ['% of the previous close', '占前收的百分比'],
  unit_value_deviations: ['{value} standard deviations', '{value} 个标准差'],
  unit_value_per_year: ['{value} a year', '年化 {value}'],
  unit_value_per_percent: ['{value} per 1 %', '每 1 % {value}'],
  unit_value_per_million: ['{value} per $1 m', '每百万美元 {value}'],
  unit_points: ['points', '点'],
  unit_gap_and_close: ['across: gap at the open; up: close to close', '横轴：开盘跳空；纵轴：收盘对收盘'],
  unit_share_of_volume: ['share of the volume traded', '占成交比重'],
  unit_correlation: ['mean pairwise correlation over 20 sessions', '20 日平均两两相关系数'],
  unit_dollars: ['USD', '美元'],
  unit_dollars_per_percent: ['USD per 1 % move', '每变动 1 % 的美元数'],
  unit_points_of_score: ['points of the score', '综合分的点数'],
  unit_points_of_100: ['points of 100', '满分 100'],

  section_rare: ['How rare the session is', '有多罕见'],
  exhibit_extremes: ['Sessions at least as extreme, so far', '迄今至少同样极端的交易日'],
  note_extremes: [
    'The share of all sessions up to this one, itself included, that went at least as far on the same side.',
    '截至并包含当日，同方向至少走到同样程度的交易日所占比例。',
  ],
  exhibit_reversals: [
    'Opened up by more than a threshold, closed below the previous close',
    '跳空高开超过阈值而收低于前收',
  ],
  note_reversals: [
    'Counted on sessions whose open is a real print. In many years the index open equals the previous close on most days, so it was not a real print. A count "since 1957" cannot rest on such opens. The opens of the fund are trades, and its count differs.',
    '仅在开盘价为真实成交时计数。在许多年份，指数“开盘价”多数日子等于前收，并非真实成交，“自 1957 年以来”的计数无从谈起。基金的开盘价是真实成交，计数结果不同。',
  ],
  exhibit_gaps: ['SPY: gaps above 1 % and the close of the same day', 'SPY：跳空超过 1 % 的日子及其结果'],
  note_gaps: [
    'Below the line the whole gap was lost. The fund is shown because its opens are trades.',
    '横线以下：跳空全部失去并更低。取基金，因其开盘价为真实成交。',
  ],
  alternative_gaps: [
    '{sessions}, of which {reversed} reversed; this session: gap {gap}, close {close}.',
    '共 {sessions}，其中 {reversed} 个反转；当日：跳空 {gap}，收盘 {close}。',
  ],
  alternative_gaps_without: [
    '{sessions}, of which {reversed} reversed; this session is not one of them.',
    '共 {sessions}，其中 {reversed} 个反转；当日不在其中。',
  ],
  note_symbol_prices: [
    'Prices are as the source of the symbol gives them. A source with adjusted prices changes them for later splits and dividends.',
    '价格以该代码的来源为准。提供复权价格的来源会按其后的拆股与分红调整。',
  ],
  exhibit_followed: ['Returns after earlier cases, as known that evening', '此前类似情形之后的走势（以当晚所知）'],
  note_followed: [
    'Gaps above 1 % that reversed. The interval is a 95 % bootstrap interval of the mean. It is wide where there are few cases.',
    '跳空超过 1 % 且反转的情形。区间为均值的 95 % 自助法区间，情形少时区间较宽。',
  ],

  section_flow: ['Flow and correlation', '资金流与相关性'],
  exhibit_flow: ['Flow, as known that evening', '资金流（当晚所知）'],
  note_flow: [
    'ETF share, flows and put/call ratios are published the next morning. These are of the session before.',
    'ETF 占比、资金流和认沽认购比次日早晨才公布：此处为前一交易日数据。',
  ],
  exhibit_etf_share: ['ETF share of volume', 'ETF 成交占比'],
  note_etf_share: [
    'Comparable within one definition only, so each definition has a line of its own. A tape B share is a proxy. Off-exchange shares count shares, the others dollars. Coverage is the part of the volume with a known ETF flag.',
    '仅在同一口径内可比，每种口径各成一线。Tape B 占比是代理指标。场外占比按股数计算，其余按金额。覆盖率为 ETF 标识已知的成交占比。',
  ],
  exhibit_comovement: ['Moving together', '同涨同跌'],
  note_comovement: [
    'Correlation of daily returns. Not above: the share of all values of that figure so far, this one included, that are not above it.',
    '日收益率的相关性。“不高于此值”为该指标迄今（含当日）不高于当日数值的占比。',
  ],
  exhibit_correlation: ['Correlation of the sectors', '板块相关性'],
  exhibit_sectors: ['Sectors on the day', '当日各板块'],
  alternative_sectors: ['Best {best}, worst {worst}.', '最强 {best}，最弱 {worst}。'],

  section_volatility: ['Volatility and gamma', '波动率与伽马'],
  exhibit_regime: ['VIX and its curve', 'VIX 及其期限结构'],
  exhibit_vix: ['VIX and VIX3M', 'VIX 与 VIX3M'],
  exhibit_gamma: ['Dealer gamma, as known that evening', '做市商伽马（当晚所知）'],
  note_gamma: [
    'Computed as if dealers were long calls and short puts; their real positions are not public. Published gamma is of the session before.',
    '假定做市商多看涨、空看跌，实情无人知晓。公布的伽马为前一交易日数据。',
  ],
  exhibit_gamma_year: ['Dealer gamma', '做市商伽马'],
  note_gamma_year: [
    'As published by SqueezeMetrics, to the last session known that evening.',
    'SqueezeMetrics 公布值，截至当晚已知的最后一个交易日。',
  ],

  section_liquidity: ['Liquidity and the cost of an order', '流动性与下单成本'],
  exhibit_depth_state: ['Top-of-book depth', '盘口深度'],
  note_depth: ['Depth has no free source. Users import it.', '深度没有免费来源：由用户导入。'],
  exhibit_depth: ['Depth of ES and its mean of 20 sessions', 'ES 盘口深度及其 20 日均值'],
  exhibit_impact: ['Moving $100 m, by calibration', '成交 1 亿美元的冲击（按标定）'],
  note_impact: [
    'Illustrative: fitted to two figures of one published explanation, not measured.',
    '仅作示意：由一份公开解释中的两个数字拟合，并非测量。',
  ],
  exhibit_spreads: ['Spreads estimated from daily bars', '由日线估计的价差'],
  note_spreads: [
    'For liquid symbols they follow volatility more than cost.',
    '对流动性好的品种，它们更多反映波动而非成本。',
  ],

  section_catalysts: ['Catalysts', '催化剂'],
  exhibit_hits: ['Catalysts that hit the session', '影响当日的催化剂'],
  note_hits: [
    'Each with its schedule as first announced, its consensus, and the text or figures behind the tag. Fields that are unknown or do not apply are left out.',
    '每项附最初公布的时间表、事前预期，以及标注所依据的文字或数字。未知或不适用者略去。',
  ],
  exhibit_coverage: ['Kinds of catalysts that the lake covers', '数据湖所覆盖的催化剂种类'],
  note_coverage: [
    'If a kind is covered and has no catalyst, none occurred. If it is not covered, one may have occurred that the lake does not know. Results are covered of the named companies only. Reported events are entered by people, so the lake never knows that there were none.',
    '某类催化剂没有出现，只有在其来源覆盖当日时才算“没有”。财报只覆盖所列公司。报告的事件由人记录，无从证明没有发生。',
  ],
  exhibit_timetable: ['Timetable changes, as they became known', '时间表的演变'],
  note_timetable: ['Of the releases that became known for this session.', '当日公布的数据。'],
  exhibit_revised: ['First prints and revisions in that release', '首次公布值与修订值'],
  note_revised: ['A revision is measured against the first print.', '修订相对首次公布值计算。'],
  exhibit_reactions: ['Results and the reaction', '财报与反应'],
  note_reactions: [
    'Growth over a year, and its change since the quarter before in percentage points. Consensus and guidance are imported.',
    '同比增速，及其较上一季度的变化（百分点）。一致预期与指引由用户导入。',
  ],
  exhibit_topics: ['Topics of the speech', '讲话主题'],
  note_topics: [
    'Novelty: 1 less the share of the last ten speeches of the speaker about the topic.',
    '新颖度：1 减去该讲者最近十次讲话中涉及该主题的比例。',
  ],

  section_resonance: ['Resonance', '共振'],
  exhibit_resonance: [
    'Kinds of impactful catalysts at once, and the state of the market',
    '同时出现的重大催化剂种类与市场基础',
  ],
  note_resonance: [
    'Three kinds or more on a market known to be fragile the evening before. The base rates show how common that is. The number of kinds is a lower bound if others are unknown.',
    '三种以上催化剂落在前一晚已知脆弱的市场上。基准率说明其常见程度。若另有未知种类，种类数为下限。',
  ],

  section_score: ['The composite score: how unusual the evening is', '综合分：当晚的异常程度'],
  exhibit_groups: ['By group', '按组'],
  note_score: [
    'Mean over groups of the mean percentile: how unusual the evening is. A group of which nothing is known is left out. On real data it ranks drawdowns of 5 % no better than VIX alone.',
    '各组平均百分位的均值，表示当晚的异常程度；一无所知的组不计入。在真实数据上，它对 5 % 下跌的排序并不优于单看 VIX。',
  ],
  alternative_no_score: [
    'This session has no composite score, so the report shows no contributions to it.',
    '当日没有综合分，因此没有构成。',
  ],
  exhibit_contributions: ['By precursor', '按先兆指标'],
  note_contributions: [
    'The percentile is the share of values so far on the less risky side, and half of those that are equal, this one included. Figures that are published the next morning are of the session before: dealer gamma, ETF share, flows, redemptions and the put/call ratio.',
    '百分位为迄今风险较低一侧数值的占比，加上与其相等者（含当日）的一半。次日早晨才公布的数字属于前一交易日：做市商伽马、ETF 占比、资金流、赎回压力与认沽认购比。',
  ],
  alternative_groups: [
    'The score is {score}. Its largest group is {first}: {points} points.',
    '综合分为 {score}，其中最大的一组是 {first}：{points} 点。',
  ],
  alternative_contributions: [
    'The largest contributor is {first}: {points} points.',
    '贡献最多的是 {first}：{points} 点。',
  ],
  exhibit_score_year: ['The score over a year', '一年来的综合分'],

  section_unknown: ['Not known that evening', '当晚未知'],
  exhibit_overdue: ['Releases overdue', '逾期未发布的数据'],
  note_overdue: [
    'By their first schedule. A cancelled release stays overdue until its figure is published. One that was due on the session itself has 0 days, and does not count in the data vacuum yet.',
    '按最初时间表。被取消的发布在数字出现之前一直算逾期。应于当日发布者为 0 天，尚不计入数据真空。',
  ],

  section_morning: ['The next morning and the event study', '次日早晨与事件研究'],
  exhibit_facts: ['Flow and gamma of the session itself', '当日本身的资金流与伽马'],
  note_facts: ['Published the next morning, corrections included.', '次日早晨公布，含更正。'],
  exhibit_abnormal: ['Abnormal return: the stock\u2019s move beyond the market\u2019s', '异常收益：个股超出市场的部分'],
  note_abnormal: [
    'Market model over the year before (MacKinlay 1997); for a market catalyst the index against its own mean.',
    '以此前一年的市场模型为准（MacKinlay 1997）；对市场类催化剂，取指数相对其自身均值。',
  ],
  section_followed_by: ['Returns afterwards', '之后的走势'],
  exhibit_after: ['Returns from the close', '自收盘起的收益'],
  note_after: [
    'The evaluation labels a fall of 5 % or more within 20 sessions.',
    '评估所用标签：20 个交易日内下跌 5 % 或以上。',
  ],
  exhibit_around: ['S&P 500 around the session', '标普500：当日前后'],
  alternative_after: ['{close} at the close of the session; {last} on {on}.', '当日收于 {close}；{on} 为 {last}。'],

  section_claims: ['The published explanation, claim by claim', '公开解释，逐条核对'],
  note_claims_own: [
    'Each statement of the published explanation of this session, with a verdict from the data in this lake.',
    '对当日公开解释中的每条说法，列出本数据湖中数据的结论。',
  ],
  note_claims: [
    'The statements of the published explanation of 2025-11-20, checked on this session.',
    '把 2025-11-20 那份公开解释中的说法用于当前交易日。',
  ],
  supported: ['supported', '支持'],
  contradicted: ['contradicted', '不支持'],
  as_extreme_short: [
    'a history of {sessions} is too short to say how rare',
    '仅有 {sessions}的历史，不足以说明其罕见程度',
  ],
  unusual_short: [
    ' A history of {sessions} is too short to say how rare the move is.',
    '仅有 {sessions}的历史，不足以说明当日走势的罕见程度。',
  ],
  site_latest_of: ['The latest {shown} of {count}: ', '共 {count} 次，最近 {shown} 次：'],
  site_not_covered: ['not covered', '未覆盖'],
  site_none_known: ['none known', '暂无已知'],
  sentence_above: ['the same sentence', '同一句'],
  sentence_on: ['{topic}: ', '{topic}：'],
  sentence_on_by: ['{topic} ({words}): ', '{topic}（{words}）：'],
} as const
