/** Wall-clock times of time zones, in the SQL of the pipeline. Views never need them: the calendar has the instants. */
import { newYork } from '../../calendar/sessions.ts'
import { quoted } from '../../core/engine.ts'

/** SQL of the wall-clock time in one zone for that in another. */
export const inZone = (time: string, from: string, to: string): string =>
  `cast((${time} at time zone ${quoted(from)}) at time zone ${quoted(to)} as timestamp)`

/** SQL of the New York date of a UTC instant. */
export const newYorkDateOf = (instant: string): string => `cast(${inZone(instant, 'UTC', newYork)} as date)`
