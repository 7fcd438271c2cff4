/** The signals by group, the rarest first: value, level, since when, how rare it is, and its year. Index and fund stand together. */
import { html, raw } from 'hono/html'
import type { Value } from '../../../core/engine.ts'
import { groups } from '../../../schemas/precursors.ts'
import type { Signal, Text } from '../../../schemas/signals.ts'
import { isShortHistory, type Rarity, shareOfSignal } from '../../gather/rarity.ts'
import type { SignalState } from '../../gather/signals.ts'
import type { Evening } from '../../gather.ts'
import { ofSession, sinceText } from '../../language/counts.ts'
import { inLanguage, type Language, type Say, saying } from '../../language/language.ts'
import { plainNames } from '../../language/names.ts'
import { percent, whole, withMinus } from '../../language/numbers.ts'
import { shortHistoryText, signalValue } from '../../language/signal-value.ts'
import { spark } from '../charts/spark.ts'
import { type Html, queryOf } from '../exhibit-html.ts'

/** Signals of the same thing, measured twice. */
const twins: readonly { readonly columns: readonly Signal['column'][]; readonly title: Text }[] = [
  { columns: ['index_is_gap_and_reverse', 'etf_is_gap_and_reverse'], title: ['Gap and reverse', '高开低走'] },
  { columns: ['net_gamma_known', 'chain_net_gamma'], title: ['Dealer gamma', '做市商伽马'] },
]

export interface SignalsShown extends Evening<'signals' | 'rarity' | 'observed'> {
  readonly language: Language
  /** Values of the year up to the session by signal, oldest first. */
  readonly years: ReadonlyMap<string, readonly Value[]>
  /** Address of the page of a signal, if it has one. */
  readonly pageOf?: (signal: string) => string
  /** Queries of the states and of how rare they are. */
  readonly queries: readonly string[]
}

interface Entry {
  readonly title: Text
  readonly states: readonly SignalState[]
  readonly share: number
}

/** Known signals, twins as one, the lit and then the rarest first. */
const entriesOf = ({ signals, rarity }: SignalsShown): Entry[] => {
  const known = signals.filter(({ state }) => state !== 'unknown')
  const firstOf = (column: string) =>
    twins
      .find(({ columns }) => columns.includes(column as never))
      ?.columns.find((each) => known.some(({ signal }) => signal.column === each)) ?? column
  return known
    .filter(({ signal }) => firstOf(signal.column) === signal.column)
    .map((state) => {
      const pair = twins.find(({ columns }) => columns.includes(state.signal.column))
      const states = pair ? known.filter(({ signal }) => pair.columns.includes(signal.column)) : [state]
      return {
        title: states.length > 1 ? pair!.title : state.signal.title,
        states,
        share: Math.min(...states.map((each) => shareOfSignal(rarity, each.signal.column))),
      }
    })
    .sort((a, b) => Number(isLit(b)) - Number(isLit(a)) || a.share - b.share)
}

const isLit = ({ states }: Entry) => states.some(({ state }) => state === 'lit')

const rareText = ({ session_count: count, as_extreme_share: share, counted_from }: Rarity, say: Say) =>
  isShortHistory(count)
    ? shortHistoryText(count, say)
    : say('as_extreme', { share: percent(share!), count: whole(count), since: counted_from ?? '' })

const stateOf = (of: SignalState, isTwin: boolean, shown: SignalsShown): Html => {
  const { rarity, language, pageOf } = shown
  const say = saying(language)
  const { signal, state, value, since, because, isHeld } = of
  const when = `${sinceText(of, say)}${isHeld ? ` ${say('message_easing')}` : ''}`
  const found = rarity.find((each) => each.signal === signal.column)
  const rare =
    found && found.as_extreme_share !== null && !(signal.direction === 'true' && value === 0)
      ? rareText(found, say)
      : ''
  const title = inLanguage(signal.title, language)
  return html`<div class="${state}" data-signal="${signal.column}" data-state="${state}" data-since="${since ?? ''}" data-value="${value ?? ''}"><b class="name${isTwin ? ' twin' : ''}">${pageOf ? html`<a href="${pageOf(signal.column)}">${title}</a>` : title}</b> <b class="value">${signalValue(signal, value, say)}</b>${ofSession(of, shown, say)} <em>${when}</em><span class="because">${withMinus(inLanguage(because, language))}</span>${rare ? html`<span class="rare">${rare}</span>` : ''}</div>`
}

const entryOf = (entry: Entry, shown: SignalsShown): Html => {
  const [first] = entry.states
  const isNumber = first!.signal.direction !== 'true'
  const drawing = spark(shown.years.get(first!.signal.column) ?? [], isNumber ? first!.levels.on : undefined)
  const isPair = entry.states.length > 1
  return html`<li class="${isLit(entry) ? 'lit' : 'dark'}">${isPair ? html`<h4>${inLanguage(entry.title, shown.language)}</h4>` : ''}${entry.states.map((state) => stateOf(state, isPair, shown))}${raw(drawing)}</li>`
}

/** Why a signal is not shown: the lake never had its figure, or its last one is of an earlier session. */
const missing = ({ signals, rarity, language }: SignalsShown): Html | '' => {
  const say = saying(language)
  const unknown = signals.filter(({ state }) => state === 'unknown')
  if (unknown.length === 0) return ''
  const lastOf = ({ signal }: SignalState) => rarity.find((each) => each.signal === signal.column)?.last_known_on
  const item = (state: SignalState) => {
    const last = lastOf(state)
    const { column, title } = state.signal
    return html`<span data-signal="${column}" data-state="unknown" data-since="" data-value="">${inLanguage(title, language)}${last ? html`<i>${say('remark', { remark: say('last_known_on', { on: last }) })}</i>` : ''}</span>`
  }
  const listed = (what: 'missing_ever' | 'missing_since', own: readonly SignalState[]) =>
    own.length
      ? html`${say(what)}${own.map((state, i) => html`${i ? say('between_items') : ''}${item(state)}`)}${say('end_of_sentence')}`
      : ''
  const never = unknown.filter((state) => !lastOf(state))
  const before = unknown.filter(lastOf)
  return html`<p class="quiet missing">${say('signals_missing', { count: unknown.length })}${listed('missing_ever', never)}${listed('missing_since', before)}</p>`
}

export const signalsList = (shown: SignalsShown): Html => {
  const say = saying(shown.language)
  const entries = entriesOf(shown)
  const byGroup = groups
    .map((group) => ({ group, own: entries.filter(({ states }) => states[0]!.signal.group === group) }))
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => Number(isLit(b.own[0]!)) - Number(isLit(a.own[0]!)) || a.own[0]!.share - b.own[0]!.share)
  return html`<section aria-labelledby="signals"><h2 id="signals">${say('signals_by_rarity')}</h2><p class="quiet">${say('note_signals')}</p>
<div class="signal-groups">${byGroup.map(
    ({ group, own }) =>
      html`<div class="group"><h3>${plainNames(group, say)}</h3><ul class="signals">${own.map((entry) => entryOf(entry, shown))}</ul></div>`,
  )}</div>${missing(shown)}${shown.queries.map((query) => queryOf(query, say))}</section>`
}
