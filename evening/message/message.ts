/** The evening as a short text for mail or chat. */
import { type Language, type Say, saying, signalIn } from '../language/language.ts'
import { clock } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'
import type { Evening } from './evening.ts'
import type { SignalState } from './states.ts'

export interface Message {
  /** In English and short, as the subjects of SNS must be. */
  readonly subject: string
  readonly text: string
}

export const messageOf = (evening: Evening, language: Language): Message => {
  const say = saying(language)
  const { session, notice, states, score, hits, next, due } = evening
  const lit = states.filter(({ state }) => state === 'lit')
  const known = states.filter(({ state }) => state !== 'unknown')
  const headOf = (speak: Say) => ({
    title: speak('message_title', { session }),
    counts: speak('message_counts', {
      lit: lit.length,
      known: known.length,
      score: score === null ? speak('unknown') : score.toFixed(1),
    }),
  })
  const { title, counts } = headOf(say)
  const subject = Object.values(headOf(saying('en'))).join(': ')
  const line = (state: SignalState) => `  ${lineOf(state, language, say)}`
  const changed = states.filter(({ change }) => change !== null)
  const sections = [
    ...block(say('message_new'), changed.filter(({ change }) => change === 'lit').map(line)),
    ...block(say('message_out'), changed.filter(({ change }) => change === 'out').map(line)),
    ...(changed.length === 0 ? [say('message_unchanged')] : []),
    ...block(say('message_still'), lit.filter(({ change }) => change === null).map(line)),
    ...block(
      say('message_hit'),
      hits.map((hit) => `  ${hit.occurred_at ? `${clock(hit.occurred_at)}  ` : ''}${hit.title}`),
    ),
    ...(next
      ? block(
          say('message_due', { session: next }),
          due.length
            ? due.map((each) => `  ${clock(each.scheduled_at).slice(11)}  ${each.title}${mark(each.status)}`)
            : [`  ${say('message_nothing_due')}`],
        )
      : []),
  ]
  const head = [...(notice ? [language === 'en' ? notice : say('sample_notice')] : []), title, counts]
  return { subject, text: `${[...head, ...sections].join('\n')}\n` }
}

const block = (title: string, lines: readonly string[]) => (lines.length ? [`${title}:`, ...lines] : [])

const mark = (status: string) => (status === 'confirmed' ? '' : ` (${status})`)

const lineOf = ({ signal, value, since, sessionCount, state, isHeld }: SignalState, language: Language, say: Say) => {
  const { title } = signalIn(language, signal.column)
  const shown = value === null ? say('unknown') : signalValue(signal, value, say)
  const when = state === 'lit' && since && sessionCount > 1 ? ` (${say('since', { since, count: sessionCount })})` : ''
  return `${title}: ${shown}${when}${isHeld ? ` ${say('message_easing')}` : ''}`
}
