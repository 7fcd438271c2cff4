/**
 * Nasdaq's earnings calendar: the day on which results are expected. Its EPS forecasts carry no date and are not used.
 */
import { DateTime } from 'luxon'
import * as z from 'zod'
import { sessionOffset, sessionsBetween } from '../calendar/sessions.ts'
import { earningsCalendar } from '../schemas/tables/earnings_calendar.ts'
import { dataIfAny, nasdaqApi } from './shared/nasdaq.ts'
import { cellReader, changed } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const shape = z.object({
  asOf: z.string().nullish(),
  rows: z
    .array(z.object({ symbol: z.string(), time: z.string(), fiscalQuarterEnding: z.string(), noOfEsts: z.string() }))
    .nullable(),
})

const times: Readonly<Record<string, string>> = {
  'time-pre-market': 'before_open',
  'time-after-hours': 'after_close',
  'time-not-supplied': 'unknown',
}
/** Number of future sessions that an evening run requests. */
const ahead = 10

export const nasdaqEarnings = defineSource({
  name: 'nasdaq_earnings',
  doc: 'Days on which the companies that the lake follows are expected to report. They are projections that no company has confirmed.',
  homepage: 'https://www.nasdaq.com/market-activity/earnings',
  ...nasdaqApi,
  tables: [earningsCalendar],
  proof: { on: 'documented shape', since: '2026-11-24', scope: 'and transcribed excerpts of two days' },
  lookBack: 0,
  rhythm: 'event',
  request: ({ to }) =>
    sessionsBetween(to, sessionOffset(to, ahead)?.session ?? to).map(({ session }) => ({
      key: session,
      url: `https://api.nasdaq.com/api/calendar/earnings?date=${session}`,
    })),
  rows: (payload, { universe }) => {
    const data = dataIfAny(payload, shape)
    // The response names its own day, which must be the day requested (the key).
    const expected = data?.asOf
      ? DateTime.fromFormat(data.asOf, 'ccc, LLL d, yyyy', { zone: 'utc', locale: 'en-US' })
      : undefined
    if (expected && expected.toISODate() !== payload.key)
      throw changed(payload, `asked for ${payload.key}, the answer is of ${data?.asOf}`)
    const followed = new Set(universe.filers.map(({ symbol }) => symbol))
    return (data?.rows ?? []).flatMap((row, i) => {
      if (!followed.has(row.symbol)) return []
      const cell = cellReader(payload, earningsCalendar, i + 1, `${row.symbol}, ${payload.key}`)
      const time_of_day = times[row.time]
      if (!time_of_day) throw cell.fail('time_of_day', Object.keys(times).join(', '), row.time)
      return [
        decoded(earningsCalendar, i + 1, {
          symbol: row.symbol,
          fiscal_quarter: row.fiscalQuarterEnding,
          expected_on: cell.date('expected_on', payload.key),
          time_of_day,
          estimate_count: cell.whole('estimate_count', row.noOfEsts === 'N/A' ? null : row.noOfEsts),
        }),
      ]
    })
  },
})
