/** Titles and evidence of catalysts, which the lake has in English, in the language of a page. Quoted speech stays as it was said. */
import type { Say } from './language.ts'
import { plainNames } from './names.ts'
import { onAxis } from './numbers.ts'

/** A pattern of the texts of `schemas/catalysts/`, and its Chinese. */
type Rule = readonly [pattern: RegExp, chinese: string]

const titles: readonly Rule[] = [
  [/^Employment Situation\b/, '非农就业报告'],
  [/^Consumer Price Index\b/, '消费者价格指数'],
  [/^Personal Income and Outlays\b/, '个人收入与支出'],
  [/^Gross Domestic Product, first estimate\b/, '国内生产总值初值'],
  [/^Employment Cost Index\b/, '雇佣成本指数'],
  [/^Job Openings and Labor Turnover Survey\b/, '职位空缺与劳动力流动调查'],
  [/^Industrial Production and Capacity Utilization \(G\.17\)/, '工业产出与产能利用率（G.17）'],
  [/^Advance Monthly Retail Sales\b/, '月度零售销售初值'],
  [/^Initial claims for unemployment insurance\b/, '初请失业金人数'],
  [/^ISM Manufacturing PMI\b/, 'ISM 制造业 PMI'],
  [/^FOMC decision, upper end of the target range\b/, 'FOMC 决议（目标区间上限）'],
  [/^Minutes of the FOMC meeting of (\S+?)(?=[,，]|$)/, '$1 FOMC 会议纪要'],
  [/^FOMC lowers the target range: (\S+) to (\S+ %)/, 'FOMC 下调目标区间：$1 至 $2'],
  [/^FOMC raises the target range: (\S+) to (\S+ %)/, 'FOMC 上调目标区间：$1 至 $2'],
  [/^FOMC keeps the target range: (\S+) to (\S+ %)/, 'FOMC 维持目标区间：$1 至 $2'],
  [/^(\S+) reports results/, '$1 公布业绩'],
  [/^(\S+) is expected to report on (\S+) before the open; not confirmed$/, '$1 预计于 $2 开盘前公布业绩；未确认'],
  [/^(\S+) is expected to report on (\S+) after the close; not confirmed$/, '$1 预计于 $2 收盘后公布业绩；未确认'],
  [/^(\S+) is expected to report on (\S+); not confirmed$/, '$1 预计于 $2 公布业绩；未确认'],
  [/^S&P indices rebalance at the close$/, '标普指数收盘时调整成分'],
  [/^Russell indices rebalance at the close$/, '罗素指数收盘时调整成分'],
  [/^(\S+) rebalance at the close$/, '$1 指数收盘时调整成分'],
  [/^Monthly options expire$/, '月度期权到期'],
  [/^Quarterly futures and options expire$/, '季度期货与期权到期'],
  [/^(\S+)-Year (\S+) auction\b/, '$1 年期国债（$2）拍卖'],
  [/^(\S+)-Month (\S+) auction\b/, '$1 个月期国债（$2）拍卖'],
  [/^(\S+)-Week (\S+) auction\b/, '$1 周期国债（$2）拍卖'],
  [/\(text written for the sample\)/, '（为样本所写的文本）'],
]

const clauses: readonly Rule[] = [
  [/ for (\d{4}-\S+?)(?=[:,：，]|$)/, '（$1）'],
  [/, revenue ([+-]\S+ %) against consensus/, '，收入较一致预期 $1'],
  [/; amended since$/, '；此后有修正'],
  [/: released(?=[,，]|$)/, '：已发布'],
  [/ thousand persons(?=[,，]|$)/, ' 千人'],
  [/ thousand(?=[,，]|$)/, ' 千'],
  [/ persons(?=[,，]|$)/, ' 人'],
  [/ index(?=[,，]|$)/, ''],
  [/ million(?=[,，]|$)/, ' 百万'],
  [/ points(?=[,，]|$)/, ' 点'],
  [/ % m\/m(?=[,，]|$)/, ' %（环比）'],
  [/ % q\/q(?=[,，]|$)/, ' %（季环比）'],
  [/ % y\/y(?=[,，]|$)/, ' %（同比）'],
  [/ % annualised(?=[,，]|$)/, ' %（年化）'],
  [/, no consensus known/, '，没有已知的一致预期'],
  [/, (\S+(?: %)?) expected/, '，预期 $1'],
  [/, (\d+) days? late/, '，迟 $1 天'],
  [/, (\d+) days? early/, '，早 $1 天'],
  [/, with that for (\S+)$/, '，与 $1 一并发布'],
  [/, due an unknown day/, '，日期未知'],
  [/, due (\S+?)(?=[,，]|$)/, '，应于 $1 发布'],
  [/, tentative$/, '，暂定'],
  [/, cancelled \(was due (.+)\)$/, '，已取消（原定 $1）'],
  [/, merged into that for (\S+) \(was due (.+)\)$/, '，并入 $1（原定 $2）'],
  [/, merged into that for another period \(was due (.+)\)$/, '，并入另一期（原定 $1）'],
  [/, moved from (\S+) to (\S+)$/, '，由 $1 改为 $2'],
  [/: high yield (\S+ %)/, '：最高收益率 $1'],
  [/: high discount margin (\S+ %)/, '：最高贴现差 $1'],
  [/: high discount rate (\S+ %)/, '：最高贴现率 $1'],
  [/[:,] bid to cover (\S+)$/, '，投标倍数 $1'],
]

const evidence: readonly Rule[] = [
  [/^as announced by (\S+)$/, '按 $1 公布的日程'],
  [/^as shown by (\S+)$/, '按 $1 所示'],
  [/^(\S+) first print by (\S+?)(?=[;；]|$)/, '$1 首次公布值，来自 $2'],
  [/; consensus by (\S+)$/, '；一致预期来自 $1'],
  [/^exchange calendar$/, '交易所日历'],
  [/^third Friday of the month by the exchange calendar$/, '按交易所日历为当月第三个星期五'],
  [/^third Friday of the quarter; S&P DJI methodology$/, '季末月第三个星期五；标普道琼斯指数编制规则'],
  [/^third Friday of December; Nasdaq-100 methodology$/, '十二月第三个星期五；纳斯达克 100 编制规则'],
  [
    /^fourth Friday of June, second of November from 2026; FTSE Russell methodology$/,
    '六月第四个星期五，自 2026 年起另有十一月第二个星期五；富时罗素编制规则',
  ],
  [/^calendar of (\S+)$/, '$1 的日历'],
  [/^8-K (\S+), items (\S+);/, '8-K $1，项目 $2；'],
  [/^amended by 8-K\/A (\S+), items (\S+);/, '由 8-K/A 修正 $1，项目 $2；'],
  [/results accepted (\S+) \(before_open\): /, '业绩于 $1 受理（开盘前）：'],
  [/results accepted (\S+) \(after_close\): /, '业绩于 $1 受理（收盘后）：'],
  [/results accepted (\S+) \((?:during_session|intraday|in_session)\): /, '业绩于 $1 受理（盘中）：'],
  [/no periodic report known before it/, '此前没有已知的定期报告'],
  [/first of its quarter, at a usual distance from its end/, '当季首份，距季末的时间正常'],
  [/sooner than the filer ever reported in two years/, '早于该公司两年来任何一次'],
  [/the quarter had its results already/, '当季已有业绩'],
  [/form 8-K\/A/, '8-K/A 表'],
  [/, (\d+) sentences?(?=\n|$)/g, '，$1 句'],
]

const impacts: readonly Rule[] = [
  [/^results of a company of 3 % of the index or more$/, '占指数 3 % 或以上的公司业绩'],
  [
    /^results of one of the largest companies; its weight is not in the lake$/,
    '最大公司之一的业绩；数据湖中没有其权重',
  ],
  [/^a first-rank statistic, a standard deviation off$/, '一级统计，偏离一个标准差以上'],
  [/^a first-rank statistic, two weeks late or more$/, '一级统计，迟到两周或以上'],
  [/^decision of the FOMC$/, 'FOMC 决议'],
  [/^expiry$/, '到期'],
  [/^reported event$/, '报告的事件'],
]

/** Signs of punctuation after Chinese are as wide as a character. */
const punctuation: readonly Rule[] = [
  [/(?<=[\u4e00-\u9fff）]): ?/g, '：'],
  [/(?<=[\u4e00-\u9fff）]), ?/g, '，'],
]

const rules = [...titles, ...clauses, ...evidence, ...impacts, ...punctuation]

const roles: readonly Rule[] = [
  [/^Vice Chair(?:man|woman)? for Supervision /, '负责监管的副主席 '],
  [/^Vice Chair(?:man|woman)? /, '副主席 '],
  [/^Chair(?:man|woman)? Pro Tempore /, '临时主席 '],
  [/^Chair(?:man|woman)? /, '主席 '],
  [/^Governor /, '理事 '],
]

const withRules = (text: string): string =>
  rules.reduce((sum, [pattern, chinese]) => sum.replace(pattern, chinese), text)

/** Two words or more with capitals, as a name is written. */
const personName = /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)+$/u

/** The parts of `role speaker: title of the speech (remark)`. The title is quoted speech. Undefined for any other text. */
const speechOf = (text: string) => {
  const [, named, title, remark = ''] = /^([^:“\n]+): ([^“\n]+?)( \(text written for the sample\))?$/.exec(text) ?? []
  if (named === undefined || title === undefined || titles.some(([pattern]) => pattern.test(named))) return undefined
  const role = roles.find(([pattern]) => pattern.test(named))
  if (!role && !personName.test(named)) return undefined
  return { speaker: role ? named.replace(...role) : named, title, remark: remark.trim() }
}

const quotation = /(“[^”]*”)/

/** Changes either the quotations in a text, with their quotation marks, or all other parts of it. */
const partsOf = (text: string, isQuoted: boolean, change: (part: string) => string): string =>
  text
    .split(quotation)
    .map((part, i) => ((i % 2 === 1) === isQuoted ? change(part) : part))
    .join('')

/** Changes what stands outside of quotations, which somebody has said. */
export const outsideQuotation = (text: string, change: (part: string) => string): string => partsOf(text, false, change)

/** Changes the quotations in a text. */
export const insideQuotation = (text: string, change: (part: string) => string): string => partsOf(text, true, change)

/** The figure of a release in its title, which is stored without separators. */
const figure = /(?<![\d.,-])\d{4,}(?:\.\d+)?(?= (?:thousand|million|persons|points|index|expected)\b)/g
const oneOfMany = /(?<![\d.,])1 (day|sentence|person)s\b/g

/** Texts of the lake as a reader writes them: separators in large figures, and the singular for one. */
const tidy = (text: string): string =>
  text.replace(figure, (digits) => onAxis.number(Number(digits))).replace(oneOfMany, '1 $1')

/** A title, a piece of evidence or an impact in the language. A text that no rule knows, such as that of an import, stays as it is. */
export const told = (text: string, say: Say): string => {
  const topic = /^a speech in the top tenth on (\w+)$/.exec(text)?.[1]
  if (topic) return say('told_topic', { topic: plainNames(topic, say) })
  if (/^\S+ closes early$/.test(text)) return say('told_early_close')
  if (say('language') === 'en') return outsideQuotation(text, tidy)
  const speech = speechOf(text)
  if (speech) return `${speech.speaker}：《${speech.title}》${withRules(speech.remark)}`
  return outsideQuotation(text, (part) => withRules(tidy(part)))
}
