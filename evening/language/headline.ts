/** The evening in sentences: one headline and three bullets, each only of what its data says. */
import { benchmark, sectors } from '../../schemas/baskets.ts'
import { levelsOf } from '../../schemas/signal-levels.ts'
import { signalNamed } from '../../schemas/signals.ts'
import type { Move } from '../gather/market.ts'
import { isShortHistory, shareOfSignal } from '../gather/rarity.ts'
import type { SignalState } from '../gather/signals.ts'
import type { Evening } from '../gather.ts'
import { countsOf, inState, ofSession } from './counts.ts'
import { afterSentence, inLanguage, type Language, type Say } from './language.ts'
import { companyNames, firstOf, plainNames } from './names.ts'
import { clock, clockAt, decimal, percent, signedPercent } from './numbers.ts'
import { counted, signalValue } from './signal-value.ts'
import { told } from './told.ts'

type Told = Evening<
  'signals' | 'rarity' | 'observed' | 'turn' | 'moves' | 'volatility' | 'hits' | 'uncovered' | 'overdue'
>

const shareOf = ({ rarity }: Pick<Told, 'rarity'>, { signal }: SignalState): number =>
  shareOfSignal(rarity, signal.column)

/** Lit signals, the rarest first. */
export const rarestFirst = (evening: Pick<Told, 'rarity'>, states: readonly SignalState[]): SignalState[] =>
  [...states].sort((a, b) => shareOf(evening, a) - shareOf(evening, b))

/** The index, or the fund if the lake has no such figure of the index. */
const marketOf = (moves: readonly Move[], figure: 'close_return' | 'close'): Move | undefined =>
  [benchmark.index, benchmark.etf]
    .map((symbol) => moves.find((each) => each.symbol === symbol && each[figure] !== null))
    .find((each) => each !== undefined)

const marketName = ({ symbol }: Move, say: Say) => say(symbol === benchmark.index ? 'head_index' : 'series_etf')

/** A close without the one before it is no move. */
const withoutMove = ({ moves }: Told, say: Say): string => {
  const market = marketOf(moves, 'close')
  return market
    ? say('head_no_previous', { name: marketName(market, say), close: decimal(market.close!) })
    : say('head_no_market')
}

export const movedText = (value: number, say: Say): string =>
  Math.abs(value) < 5e-5
    ? say('moved_none')
    : say(value > 0 ? 'moved_up' : 'moved_down', { size: percent(Math.abs(value)) })

const marketSentence = (evening: Told, say: Say): string => {
  const market = marketOf(evening.moves, 'close_return')
  if (!market) return withoutMove(evening, say)
  const name = marketName(market, say)
  const close = movedText(market.close_return!, say)
  if (market.gap_return === null) return say('head_close', { name, close })
  const gap = movedText(market.gap_return, say)
  const { turn } = evening
  const minutes = turn?.minutes_to_turn
  // A session that never rose above its open did not turn.
  if (!minutes || market.close_return! >= market.gap_return) return say('head_gap', { name, gap, close })
  // The lake has bars inside the session of the fund only.
  const by = turn?.symbol === market.symbol ? '' : say('remark', { remark: turn!.symbol })
  return say('head_turn', { name, gap, close, at: `${clockAt(evening.session, minutes)}${by}` })
}

/** The signal in a sentence. */
const spokenTitle = ({ signal, value }: SignalState, language: Language, say: Say): string =>
  inLanguage(signal.spoken ?? signal.title, language).replace('{value}', signalValue(signal, value, say))

/** Most titles that a sentence names. */
const mostTitles = 3

/** Lit signals that were never as extreme before, of histories that are long enough to say so, the longest first. */
const unequalledOf = (evening: Told): SignalState[] =>
  rarestFirst(evening, inState(evening.signals, 'lit')).filter(({ signal }) => {
    const found = evening.rarity.find((each) => each.signal === signal.column)
    return found && !isShortHistory(found.session_count) && found.earlier_on === null
  })

const litSentence = (evening: Told, language: Language, say: Say): string => {
  const counts = countsOf(evening.signals)
  if (counts.known === 0) return say('head_no_signals')
  if (counts.lit === 0) return say('head_none_lit', counts)
  const [rarest] = rarestFirst(evening, inState(evening.signals, 'lit'))
  const share = shareOf(evening, rarest!)
  const unequalled = unequalledOf(evening)
  // Each is the only one of its history. Their shares would only compare how long these histories are.
  if (unequalled.length > 1 && unequalled.includes(rarest!)) {
    const titles = unequalled.map((state) => `${spokenTitle(state, language, say)}${ofSession(state, evening, say)}`)
    const known = { ...counts, count: unequalled.length }
    return say('head_lit_unequalled', { ...known, titles: firstOf(titles, mostTitles, say).join(say('between_names')) })
  }
  const [withShare, alone] =
    counts.lit === 1 ? (['head_lit_one', 'head_lit_one_only'] as const) : (['head_lit', 'head_lit_only'] as const)
  return say(share < 1 ? withShare : alone, {
    ...counts,
    title: `${spokenTitle(rarest!, language, say)}${ofSession(rarest!, evening, say)}`,
    ...(share < 1 ? { share: percent(share) } : {}),
  })
}

export const headline = (evening: Told, language: Language, say: Say): string =>
  [marketSentence(evening, say), litSentence(evening, language, say)].join(say('between_sentences'))

const sectorBullet = ({ moves }: Told, say: Say): string => {
  const known = moves
    .filter((each) => sectors.symbols.includes(each.symbol) && each.close_return !== null)
    .sort((a, b) => a.close_return! - b.close_return!)
  if (known.length < 2) return say('bullet_no_sectors')
  const named = (move: Move) => `${move.symbol} ${signedPercent(move.close_return!)}`
  const down = known.filter((each) => each.close_return! < 0).length
  return say(down === 0 ? 'bullet_sectors_none' : 'bullet_sectors', {
    down,
    count: known.length,
    worst: named(known[0]!),
    best: named(known.at(-1)!),
  })
}

const vixBullet = ({ volatility }: Told, say: Say): string => {
  if (!volatility) return say('bullet_no_vix')
  const { vix_close, vix_change_fraction, vix_percentile_expanding: percentile } = volatility
  const { sessions_since_higher_close: count, higher_close_on: on } = volatility
  const known = {
    close: vix_close.toFixed(2),
    change: vix_change_fraction === null ? '' : ` (${signedPercent(vix_change_fraction)})`,
    rank: percentile === null ? '' : say('bullet_vix_rank', { percentile: percent(percentile) }),
  }
  if (volatility.is_first) return say('bullet_vix_first', known)
  const level = levelsOf(signalNamed('sessions_since_higher_vix')).on
  return count !== null && on !== null
    ? say(count > level ? 'bullet_vix_high' : 'bullet_vix', {
        ...known,
        on,
        count: counted('sessions', count, say),
      })
    : say('bullet_vix_alone', known)
}

/** Results after the close are of the evening before. */
export const atOf = (occurred_at: string, session: string) => {
  const at = clock(occurred_at)
  return `${at.startsWith(session) ? at.slice(11) : at.slice(5)} `
}

/** The results of a company that the lake does not follow may have hit the session. */
export const ofCompanies = (companies: readonly string[], say: Say): string =>
  companies.length ? say('bullet_companies', { companies: companyNames(companies, say) }) : ''

/** What no source covers on the session: more may have hit it. Empty if all is covered. */
export const uncoveredText = ({ kinds, companies }: Told['uncovered'], say: Say): string => {
  const named = kinds.length ? say('bullet_uncovered', { kinds: plainNames(kinds.join(','), say) }) : ''
  return `${named}${ofCompanies(companies, say)}`.trim()
}

/** Releases that were due on the session and have not come by its evening. */
const notCome = ({ overdue }: Told, say: Say): string => {
  const titles = overdue.filter(({ overdue_days }) => overdue_days === 0).map(({ title }) => told(title, say))
  return titles.length
    ? say('bullet_not_come', { titles: firstOf(titles, mostTitles, say).join(say('between_items')) })
    : ''
}

const catalystBullet = (evening: Told, say: Say): string => {
  const { hits, uncovered, session } = evening
  const news = hits.filter(({ title }) => title)
  const missing = uncoveredText(uncovered, say)
  const late = notCome(evening, say)
  if (news.length === 0)
    return `${missing ? say('bullet_unknown_catalysts', { missing }) : say('bullet_no_catalysts')}${late}`
  const titles = news.map(
    ({ title, occurred_at }) => `${occurred_at ? atOf(occurred_at, session) : ''}${told(title, say)}`,
  )
  const known = say('bullet_catalysts', { titles: firstOf(titles, mostTitles, say).join(say('between_items')) })
  // Where every kind is covered, the next session names the companies.
  return `${known}${uncovered.kinds.length ? `${afterSentence(say)}${missing}` : ''}${late}`
}

export const bullets = (evening: Told, say: Say): readonly string[] => [
  sectorBullet(evening, say),
  vixBullet(evening, say),
  catalystBullet(evening, say),
]
