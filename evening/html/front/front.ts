/** The first screen: what happened, how unusual it was, and what to watch next, in words and one picture. */
import { html, raw } from 'hono/html'
import { sessionOf } from '../../../calendar/sessions.ts'
import { benchmark } from '../../../schemas/baskets.ts'
import { isShortHistory } from '../../gather/rarity.ts'
import type { Row } from '../../gather/subject.ts'
import type { Evening } from '../../gather.ts'
import { countsOf, scoreText } from '../../language/counts.ts'
import { bullets, headline, movedText } from '../../language/headline.ts'
import { type Key, type Language, type Say, saying } from '../../language/language.ts'
import { closingTime, percent, withMinus } from '../../language/numbers.ts'
import { counted } from '../../language/signal-value.ts'
import { warningSentences, warningText } from '../../language/warning-text.ts'
import type { Html } from '../exhibit.ts'
import { unbroken } from '../unbroken.ts'
import { tomorrow } from './tomorrow.ts'

export interface Hero {
  readonly title: string
  /** An SVG, or the place for a chart that a script draws. */
  readonly picture: string
  readonly alternative: string
  readonly below?: Html
}

/** The session as a weekday and a date, and what was special about it. */
export const dateline = (session: string, language: Language): string => {
  const say = saying(language)
  const locale = language === 'zh' ? 'zh-CN' : 'en-US'
  const weekday = new Date(`${session}T12:00:00Z`).toLocaleDateString(locale, { weekday: 'long', timeZone: 'UTC' })
  const early = sessionOf(session)?.isEarlyClose
    ? `${say('between_facts')}${say('closed_early', { at: closingTime(session) })}`
    : ''
  return `${say('dateline', { weekday, session })}${early}`
}

/** The parts of an evening that the first screen shows. */
export type Told = Evening<
  | 'signals'
  | 'rarity'
  | 'observed'
  | 'turn'
  | 'moves'
  | 'volatility'
  | 'hits'
  | 'uncovered'
  | 'score'
  | 'overdue'
  | 'due'
  | 'warning'
  | 'warningParts'
>

/** Early warning in plain sentences, or the part of it that is missing. */
const warned = (evening: Told, say: Say): Html => {
  const { warning } = evening
  const sentences = warningSentences(evening, say)
  return html`<section class="block" aria-labelledby="warning"><h2 id="warning">${say('section_warning')}</h2>
${warning ? html`<p class="figures"><span><b data-figure="warning">${warningText(warning)}</b> ${say('figure_warning')}</span></p>` : ''}
<p>${unbroken(withMinus(sentences.join(say('between_sentences'))))}${say('end_of_sentence')}</p></section>`
}

/** How rare the move of the session itself is, in the figures of the exhibit of extremes. */
interface MoveRarity {
  /** Missing if the history is too short. */
  readonly share?: string
  /** Text behind the share: of which sessions it is. */
  readonly figure?: Key
  readonly sentence: string
}

const isCloseOf = (symbol: string, row: Row) => row.symbol === symbol && row.measure === 'close_return'

/** The index, or the fund if nothing is known of the index. */
const rarityOfMove = (extremes: readonly Row[], say: Say): MoveRarity | undefined => {
  const row = [benchmark.index, benchmark.etf]
    .map((symbol) => extremes.find((each) => isCloseOf(symbol, each) && each.as_extreme_share != null))
    .find((each) => each !== undefined)
  if (!row) return undefined
  const count = Number(row.session_count)
  if (isShortHistory(count)) return { sentence: say('unusual_short', { sessions: counted('sessions', count, say) }) }
  const share = percent(Number(row.as_extreme_share))
  const isFall = Number(row.value) < 0
  const sentence = say(isFall ? 'unusual_fall' : 'unusual_rise', {
    name: say(row.symbol === benchmark.index ? 'head_index' : 'series_etf'),
    close: movedText(Number(row.value), say),
    share,
    count,
    since: String(row.counted_from),
  })
  return { share, figure: isFall ? 'figure_fall' : 'figure_rise', sentence }
}

/** Without a score, the rarity of the move answers how unusual the session was. */
const unusual = (evening: Told, extremes: readonly Row[], say: Say): Html => {
  const counts = countsOf(evening.signals)
  const { score } = evening
  const move = score?.score == null ? rarityOfMove(extremes, say) : undefined
  const sentence =
    score?.score == null
      ? `${say('unusual_unknown')}${move?.sentence ?? ''}`
      : say('unusual_score', { score: score.score.toFixed(1), groups: score.group_count })
  return html`<section class="block" aria-labelledby="unusual"><h2 id="unusual">${say('how_unusual')}</h2>
<p class="figures">${move?.share ? html`<span><b data-figure="move">${move.share}</b> ${say(move.figure!)}</span> ` : ''}<span><b data-figure="score">${scoreText(evening, say)}</b> ${say('figure_score')}</span> <span class="${counts.lit ? 'lit' : ''}"><b data-figure="lit">${counts.known ? say('lit_of', counts) : say('unknown')}</b> ${say('tile_lit', counts)}</span></p>
<p>${unbroken(sentence)}</p></section>`
}

/** `extremes` are the rows of the exhibit of that name. */
export const front = (evening: Told, language: Language, hero: Hero, extremes: readonly Row[]): Html => {
  const say = saying(language)
  return html`<p class="dateline">${dateline(evening.session, language)}</p>
<h1>${unbroken(headline(evening, language, say))}</h1>
<div class="front"><div class="story"><ul class="bullets">${bullets(evening, say).map((each) => html`<li>${unbroken(each)}</li>`)}</ul>
<figure class="hero"><h2 class="caption">${hero.title}</h2><div role="img" aria-label="${hero.alternative}">${raw(hero.picture)}</div><figcaption><small>${unbroken(hero.alternative)}</small></figcaption>${hero.below ?? ''}</figure></div>
<div class="aside">${warned(evening, say)}${unusual(evening, extremes, say)}${tomorrow(evening, say)}</div></div>`
}
