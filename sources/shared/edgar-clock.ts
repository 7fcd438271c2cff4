/**
 * The clock of the acceptance times in a submissions file of EDGAR. All of them end in `Z`, but for some filers they are
 * New York time, and a file can change over from one capture to the next. EDGAR accepts filings from 06:00 to 22:00 New York
 * on business days, and dates what it accepts after 17:30 on the next business day (EDGAR Filer Manual, volume II, chapter 2).
 * So each filing of a capture can speak against one of the two readings.
 */
import { DateTime } from 'luxon'
import { newYork } from '../../calendar/sessions.ts'

/** `utc`, `new_york`: the filings of the capture decide. `later`: they do not, and the later instant of both readings is taken. */
export type AcceptanceClock = 'utc' | 'new_york' | 'later'

export interface Accepted {
  /** As served, for example 2022-10-19T17:15:46.000Z. */
  readonly acceptedAt: string
  /** Filing date as the SEC counts it, yyyy-mm-dd. */
  readonly filedOn: string
  readonly form: string
}

/** Forms that keep the date of the day until 22:00, and papers that the SEC itself adds at any time. */
const datedAnyTime =
  /^(3|4|5|144|SC 13[DG]|SCHEDULE 13[DG]|SC 14N|[SF]-\d+MEF|UPLOAD|CORRESP|EFFECT|CERT|CT ORDER|25-NSE|NO ACT|.*LETTER)(\/A|$)/
/** Minutes of the day in New York. Processing may end a little after the gate closes. */
const [opens, nextDay, closes, slack] = [6 * 60, 17 * 60 + 30, 22 * 60, 10] as const

const asUtc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }).setZone(newYork)
const asNewYork = (text: string) => DateTime.fromISO(text.replace(/Z$/, ''), { zone: newYork })

/** Whether EDGAR can have accepted the filing at that time of New York and dated it so. */
const isPossible = (at: DateTime, { filedOn, form }: Accepted): boolean => {
  const minute = at.hour * 60 + at.minute
  const day = at.toISODate() ?? ''
  if (at.weekday > 5 || minute < opens || minute > closes + slack || filedOn < day) return false
  if (minute <= nextDay) return filedOn === day
  return minute <= nextDay + slack || filedOn > day || datedAnyTime.test(form)
}

/** The clock of one capture: the reading that fewer of its filings speak against. */
export const clockOf = (filings: readonly Accepted[]): AcceptanceClock => {
  const against = (read: (text: string) => DateTime) =>
    filings.filter((each) => !isPossible(read(each.acceptedAt), each)).length
  const [utc, local] = [against(asUtc), against(asNewYork)]
  return utc < local ? 'utc' : local < utc ? 'new_york' : 'later'
}

/** The instant of acceptance as ISO UTC; undefined for a text that is not a time. New York's reading is always the later one. */
export const acceptedInstant = (text: string, clock: AcceptanceClock): string | undefined => {
  const at = clock === 'utc' ? asUtc(text) : asNewYork(text)
  return at.isValid ? (at.toUTC().toISO() ?? undefined) : undefined
}
