/** Every text that people read about an evening, in English and Chinese. `{…}` is a blank, and `{count:row|rows}` a word that agrees with a blank. */

import { claimWords } from './claim-words.ts'
import { columnWords } from './column-words.ts'
import { frontWords } from './front-words.ts'
import { nameWords } from './name-words.ts'
import { reportWords } from './report-words.ts'
import { terminalWords } from './terminal-words.ts'
import { warningWords } from './warning-words.ts'

export const words = {
  yes: ['yes', '是'],
  no: ['no', '否'],
  unknown: ['unknown', '未知'],
  none: ['none', '无'],
  remark: [' ({remark})', '（{remark}）'],
  count_sessions: ['{count} {count:session|sessions}', '{count} 个交易日'],
  count_days: ['{count} {count:day|days}', '{count} 天'],
  count_kinds: ['{count} {count:kind|kinds}', '{count} 种'],
  since: ['since {since}, {count} {count:session|sessions}', '自 {since} 起，{count} 个交易日'],
  since_tonight: ['since tonight', '今晚新亮起'],
  sample_notice: [
    'SAMPLE: a simulated market with the published figures of the event week pinned; not for use as data.',
    '样本：模拟市场，仅钉入事件周已公开的数字；不可作为数据使用。',
  ],
  message_title: ['Precursor, the evening of {session}', 'Precursor，{session} 晚'],
  message_counts: [
    '{lit} of {known} known {known:signal|signals} lit; score {score}',
    '已知 {known} 项信号中亮起 {lit} 项；综合分 {score}',
  ],
  message_unchanged: ['Nothing changed since the evening before.', '与前一晚相比没有变化。'],
  message_new: ['Newly lit', '新亮起'],
  message_out: ['Gone out', '已熄灭'],
  message_still: ['Still lit', '仍亮着'],
  message_easing: [
    '(easing: back behind the level at which it lit, not yet out)',
    '（缓和：已回到亮起水平之内，尚未熄灭）',
  ],
  message_hit: ['Catalysts of the session', '当日催化剂'],
  message_due: ['Due on {session}', '{session} 将发布'],
  message_overdue: ['Overdue', '逾期未发布'],
  message_nothing_due: ['nothing known to the lake', '数据湖中暂无'],
  ...frontWords,
  ...reportWords,
  ...claimWords,
  ...columnWords,
  ...nameWords,
  ...terminalWords,
  ...warningWords,
} as const satisfies Readonly<Record<string, readonly [english: string, chinese: string]>>

export type Key = keyof typeof words
