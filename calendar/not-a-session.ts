/** Why the exchange holds no session on a date, for messages. */
import { closures, horizon, isInHorizon } from './sessions.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A date as yyyy-mm-dd that exists. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/** The sentence for a text that does not name a session. */
export const whyNoSession = (text: string): string => {
  if (!isDate(text)) return `${text} is not a date: write it as yyyy-mm-dd`
  if (!isInHorizon(text)) return `${text} is outside of the calendar, which covers ${horizon.from} to ${horizon.to}`
  const closure = closures.find(({ closed_on }) => closed_on === text)
  const reason = closure
    ? `the exchange was closed (${closure.reason})`
    : `it is a ${weekdays[new Date(text).getUTCDay()]}`
  return `${text} is not an XNYS session: ${reason}`
}
