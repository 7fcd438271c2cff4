/** What the picture of the first screen shows, in sentences. */
import type { Turn } from '../../gather/intraday.ts'
import type { YearDay } from '../../gather/year.ts'
import { afterSentence, type Say } from '../../language/language.ts'
import { clockAt, decimal, signedPercent } from '../../language/numbers.ts'

export const heroAlternative = (days: readonly YearDay[], session: string, say: Say): string => {
  const closes = days.filter(({ close }) => close !== null)
  const [first, last] = [closes[0], closes.at(-1)]
  if (!first || !last) return say('hero_none')
  const ends = { to: last.session, last: decimal(last.close!) }
  const closesText =
    first === last
      ? say('hero_close', ends)
      : say('hero_closes', { ...ends, from: first.session, first: decimal(first.close!) })
  return `${closesText}${afterSentence(say)}${litText(days, session, say)}`
}

/** The red bars. An evening on which no signal is known has none, which does not mean that none was lit. */
const litText = (days: readonly YearDay[], session: string, say: Say): string => {
  const known = days.filter(({ known_count }) => known_count > 0)
  const own = known.find((day) => day.session === session)
  if (!own) return say(known.length ? 'hero_bars_unknown' : 'hero_bars_none')
  return say('hero_bars', { own: own.lit_count, most: Math.max(...known.map(({ lit_count }) => lit_count)) })
}

/** When the fund turned, lost its gap and fell fastest. */
export const dayAlternative = (turn: Turn | null, session: string, say: Say): string => {
  if (turn?.minutes_to_high == null) return say('hero_day_short')
  const at = (minutes: number) => clockAt(session, minutes)
  const { symbol, minutes_to_turn, minutes_to_gap_lost, steepest_30_return, minutes_to_steepest_30 } = turn
  const steepest =
    steepest_30_return === null || minutes_to_steepest_30 === null
      ? ''
      : say('hero_steepest', { at: at(minutes_to_steepest_30), change: signedPercent(steepest_30_return) })
  const high = at(turn.minutes_to_high)
  if (minutes_to_turn === null) return say('hero_day_up', { symbol, high, steepest })
  const gap = minutes_to_gap_lost === null ? '' : say('hero_gap_lost', { at: at(minutes_to_gap_lost) })
  return say('hero_day_alternative', { symbol, high, turn: at(minutes_to_turn), gap, steepest })
}
