/** Why the exchange holds no session on a date, for messages. */
import { isCalendarDate } from './plausible.ts'
import { closures, horizon, isInHorizon } from './sessions.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The sentence for a text that does not name a session. */
export const whyNoSession = (text: string): string => {
  if (!isCalendarDate(text)) return `${text} is not a date: write it as yyyy-mm-dd`
  if (!isInHorizon(text)) return `${text} is outside of the calendar, which covers ${horizon.from} to ${horizon.to}`
  const closure = closures.find(({ closed_on }) => closed_on === text)
  const reason = closure
    ? `the exchange was closed (${closure.reason})`
    : `it is a ${weekdays[new Date(text).getUTCDay()]}`
  return `${text} is not an XNYS session: ${reason}`
}
