/** Credit spreads, slopes of the curve and financial conditions: from the CSV files of FRED, estimated indices by vintage from ALFRED. */
import { isInHorizon, newYorkInstant, sessionOf, sessionsBetween } from '../calendar/sessions.ts'
import { estimatedSeries } from '../schemas/credit-series.ts'
import { creditSpreads } from '../schemas/tables/credit_spreads.ts'
import { headerOf, isMissing, vintageOf, vintages } from './shared/fred.ts'
import { cellReader, changed, csvRows, textOf } from './shared/wire.ts'
import { type Decoded, decoded, defineSource, type Payload } from './source.ts'

const isEstimated = (series: string) => estimatedSeries.includes(series)

const dayMs = 86_400_000
const daysBefore = (day: string, days: number) => new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)

/** Days of a vintage that are read: its latest figures. The earlier ones are an estimate that no earlier evening knew. */
const freshDays = 35
/** Time of day at which the figures of a vintage count as public. NFCI comes at 08:30, STLFSI later in the morning. */
const vintageClock = '12:00'

/** The session that a figure describes: its day, or for a weekly figure the last session up to it. Undefined on other days. */
const sessionFor = (day: string, isWeekly: boolean): string | undefined => {
  if (!isInHorizon(day)) return undefined
  if (!isWeekly) return sessionOf(day)?.session
  return sessionsBetween(daysBefore(day, 6), day).at(-1)?.session
}

const rows = (payload: Payload): Decoded[] => {
  const text = textOf(payload)
  const series = payload.key
  const { dateColumn, valueColumn } = headerOf(payload, text)
  const cells = csvRows(payload, [dateColumn, valueColumn], text)
  if (cells.length === 0) throw changed(payload, 'no rows')
  const vintage = vintageOf(payload, valueColumn)
  if (isEstimated(series) && !vintage)
    throw changed(
      payload,
      `the header has no vintage, so this is the history as it is estimated today, which no earlier evening knew; ask ALFRED for a vintage, whose column is named ${series}_yyyymmdd`,
    )
  return cells.flatMap(({ row, cells: { [dateColumn]: day, [valueColumn]: figure } }) => {
    if (isMissing(figure)) return []
    const cell = cellReader(payload, creditSpreads, row, `${series}, ${day}`)
    const date = cell.date('session', day)
    const session = sessionFor(date, isEstimated(series))
    if (!session || (isEstimated(series) && date < daysBefore(vintage!, freshDays))) return []
    const value = cell.double('value', figure)
    const known = isEstimated(series) ? newYorkInstant(vintage!, vintageClock).toISOString() : null
    return [decoded(creditSpreads, row, { series, session, value }, known)]
  })
}

export const fredCredit = defineSource({
  name: 'fred_credit',
  doc: 'Credit spreads, the slope of the Treasury curve, and indices of financial conditions. FRED serves only three years of the ICE series, so archive them from now on and import the past. NFCI and STLFSI come by vintage, and only the last weeks of each vintage are read.',
  homepage: 'https://fred.stlouisfed.org',
  licence: "FRED terms. The ICE series are ICE's: personal use, no redistribution; cite ICE, Moody's or the Fed.",
  tables: [creditSpreads],
  proof: {
    on: 'recorded bytes',
    since: '2026-11-27',
    scope: 'the spreads; the vintages of NFCI and STLFSI on a documented shape',
  },
  hosts: ['fred.stlouisfed.org', 'alfred.stlouisfed.org'],
  rate: { requests: 2, seconds: 1 },
  extension: 'csv',
  rhythm: 'event',
  request: (window, { universe }) =>
    universe.creditSeries.flatMap((id) =>
      isEstimated(id)
        ? vintages(window).map((vintage) => ({
            key: id,
            url: `https://alfred.stlouisfed.org/graph/alfredgraph.csv?id=${id}&vintage_date=${vintage}`,
          }))
        : [
            {
              key: id,
              url: `https://fred.stlouisfed.org/graph/fredgraph.csv?id=${id}&cosd=${window.from}&coed=${window.to}`,
            },
          ],
    ),
  rows,
})
