/**
 * The calendar as relations of the engine: `calendar`, `known_days` and `closed_days`. The SQL of the pipeline joins
 * them.
 */

import type { Engine } from '../core/engine.ts'
import { date, sqlTypeName, string } from '../schemas/column.ts'
import { allSessions, closures, horizon } from './sessions.ts'

/** From the next evening cut, at 20:00 New York, back to 08:00. */
const twelveHours = 12 * 60 * 60 * 1000

/** Registers `calendar` (sessions with hours, evening cut and next morning), `known_days` and `closed_days`. */
export const registerCalendar = async (engine: Engine): Promise<void> => {
  const all = allSessions()
  const numbers = (of: (each: (typeof all)[number]) => number) => Float64Array.from(all, of)
  await engine.loadDoubles('calendar_numbers', {
    midnight: numbers(({ session }) => Date.parse(session)),
    session_number: numbers(({ session_number }) => session_number),
    opens_at: numbers(({ opensAt }) => opensAt),
    closes_at: numbers(({ closesAt }) => closesAt),
    as_of: numbers(({ asOf }) => asOf),
  })
  const instant = (milliseconds: string) =>
    `cast(epoch_ms(cast(${milliseconds} as bigint)) as ${sqlTypeName('timestamp')})`
  await engine.run(`
    create or replace table main.calendar as
    select cast(epoch_ms(cast(midnight as bigint)) as date) as session, cast(session_number as bigint) as session_number,
      ${instant('opens_at')} as opens_at, ${instant('closes_at')} as closes_at, ${instant('as_of')} as as_of,
      ${instant(`lead(as_of, 1, as_of) over (order by session_number) - ${twelveHours}`)} as next_morning
    from main.calendar_numbers
    order by session_number`)
  await engine.run('drop table main.calendar_numbers')
  // A day belongs to the first evening cut that is not before it. Rows known by that cut belong to the session `until_cut`,
  // and rows known later on that day to `after_cut`.
  await engine.run(`
    create or replace table main.known_days as
    with cuts as (
      select session, as_of, lag(as_of) over (order by session) as earlier_cut,
        lead(session, 1, session) over (order by session) as next_session
      from main.calendar
    )
    select unnest(cast(generate_series(
        coalesce(date_trunc('day', earlier_cut) + interval 1 day, date '${horizon.from}' - interval 365 day),
        date_trunc('day', as_of), interval 1 day) as date[])) as day,
      as_of, session as until_cut, next_session as after_cut
    from cuts
    order by day`)
  await engine.load('closed_days', { closed_on: date('Day.'), reason: string('Reason.') }, closures as never)
}
