/** The evening as a short text for mail or chat. */

import { printable, printableLine } from '../../core/printable.ts'
import type { SignalState } from '../gather/signals.ts'
import type { Evening } from '../gather.ts'
import { dueAt, overdueBeyond, unknownAhead } from '../language/ahead.ts'
import { countsOf, inState, ofSession, scoreText, sinceText } from '../language/counts.ts'
import { uncoveredText } from '../language/headline.ts'
import { inLanguage, type Language, type Say, saying } from '../language/language.ts'
import { firstOf, statusRemark } from '../language/names.ts'
import { clock } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'
import { told } from '../language/told.ts'
import { warningSentences } from '../language/warning-text.ts'
import type { Staleness } from '../staleness.ts'

/** The parts of an evening that the message shows. */
export const messageParts = [
  'signals',
  'observed',
  'score',
  'volatility',
  'warning',
  'warningParts',
  'hits',
  'due',
  'overdue',
  'uncovered',
] as const

/** A shutdown delays many releases at once, and the text stays short. */
const mostOverdue = 3

export interface Message {
  /** In English and short, as the subjects of SNS must be. */
  readonly subject: string
  /** Without characters that steer a terminal: titles of events come from feeds. */
  readonly text: string
}

export const messageOf = (
  evening: Evening<(typeof messageParts)[number]>,
  language: Language,
  stale?: Staleness,
): Message => {
  const say = saying(language)
  const { session, notice, signals, next } = evening
  const headIn = (own: Say) => [
    own('message_title', { session }),
    own('message_counts', { ...countsOf(signals), score: scoreText(evening, own) }),
  ]
  const line = (state: SignalState) => `  ${lineOf(state, evening, language, say)}`
  const changed = (to: SignalState['change']) => signals.filter(({ change }) => change === to).map(line)
  const [lit, out] = [changed('lit'), changed('out')]
  const still = inState(signals, 'lit').filter(({ change }) => change === null)
  const text = [
    ...(notice ? [language === 'en' ? notice : say('sample_notice')] : []),
    ...(stale ? [say('stale', { ...stale, count: stale.sessionsBehind })] : []),
    ...headIn(say),
    ...warningSentences(evening, say),
    ...block(say('message_new'), lit),
    ...block(say('message_out'), out),
    ...(lit.length + out.length === 0 ? [say('message_unchanged')] : []),
    ...block(say('message_still'), still.map(line)),
    ...block(
      say('message_hit'),
      hitLines(evening, say).map((line) => `  ${line}`),
    ),
    ...(next ? block(say('message_due', { session: next }), dueLines(evening, next, say)) : []),
    ...block(
      say('message_overdue'),
      firstOf(overdueBeyond(newestFirst(evening), say), mostOverdue, say).map((text) => `  ${printableLine(text)}`),
    ),
  ]
  return { subject: headIn(saying('en')).join(': '), text: printable(`${text.join('\n')}\n`) }
}

const block = (title: string, lines: readonly string[]) => (lines.length ? [`${title}:`, ...lines] : [])

/** What did not come today is news. Of the others the longest overdue come first. */
const newestFirst = ({ due, overdue }: Evening<'due' | 'overdue'>) => ({
  due,
  overdue: [...overdue].sort((a, b) => Number(b.overdue_days === 0) - Number(a.overdue_days === 0)),
})

const hitLines = ({ hits, uncovered }: Evening<'hits' | 'uncovered'>, say: Say) => {
  const lines = hits.map(
    ({ occurred_at, title }) => `${occurred_at ? `${clock(occurred_at)}  ` : ''}${printableLine(told(title, say))}`,
  )
  const missing = uncoveredText(uncovered, say)
  const known = lines.length ? lines : [missing ? say('site_none_known') : say('none')]
  // Where every kind is covered, the next session names the companies.
  return lines.length && uncovered.kinds.length === 0 ? lines : [...known, missing].filter(Boolean)
}

const dueLines = ({ due, uncovered }: Evening<'due' | 'uncovered'>, next: string, say: Say) => {
  const lines = due.map(
    (each) => `${dueAt(each, next)}  ${printableLine(told(each.title, say))}${statusRemark(each.status, say)}`,
  )
  const known = lines.length ? lines : [say('message_nothing_due')]
  return [...known, unknownAhead(uncovered, say)].filter(Boolean).map((line) => `  ${line}`)
}

const lineOf = (state: SignalState, evening: Evening<'observed'>, language: Language, say: Say) => {
  const { signal, value, change, isHeld } = state
  const since = change === 'lit' ? '' : sinceText(state, say)
  const shown = `${inLanguage(signal.title, language)}: ${signalValue(signal, value, say)}${ofSession(state, evening, say)}`
  return `${shown}${since ? say('remark', { remark: since }) : ''}${isHeld ? ` ${say('message_easing')}` : ''}`
}
