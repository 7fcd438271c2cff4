/** Filings, reported results and the earnings calendar in the wire formats of their sources. */
import { DateTime } from 'luxon'
import { newYorkDate } from '../../calendar/sessions.ts'
import * as pinned from '../pinned.ts'

const accession = (day: string, suffix: string) =>
  `0001045810-${day.slice(2, 4)}-9${day.slice(5, 7)}${day.slice(8)}${suffix}`

/** Filings: the 8-K with the results at 16:20 New York, and the report 15 minutes later. */
export const secSubmissions = (now: Date): string => {
  const filed = [...new Map([...pinned.nvdaRevenue, ...pinned.nvdaSpans.slice(1)].map(([, end, day]) => [day, end]))]
    .flatMap(([day, end]) => {
      const at = (clock: string) => DateTime.fromISO(`${day}T${clock}`, { zone: 'America/New_York' }).toUTC()
      return [
        { day, form: '8-K', items: '2.02,9.01', report: day, accepted: at('16:20:31'), suffix: '0' },
        { day, form: '10-Q', items: '', report: end, accepted: at('16:35:12'), suffix: '1' },
      ]
    })
    .filter(({ accepted }) => accepted.toJSDate() <= now)
    .sort((a, b) => b.accepted.toMillis() - a.accepted.toMillis())
  const recent = {
    accessionNumber: filed.map(({ day, suffix }) => accession(day, suffix)),
    filingDate: filed.map(({ day }) => day),
    reportDate: filed.map(({ report }) => report),
    acceptanceDateTime: filed.map(({ accepted }) => accepted.toISO()),
    form: filed.map(({ form }) => form),
    items: filed.map(({ items }) => items),
    primaryDocument: filed.map(({ day }) => `sample-${day}.htm`),
  }
  return JSON.stringify({
    cik: '0001045810',
    name: 'NVIDIA CORP (sample)',
    tickers: ['NVDA'],
    filings: { recent, files: [] },
  })
}

export const secFacts = (now: Date): string => {
  const facts = [...pinned.nvdaRevenue, ...pinned.nvdaSpans]
    .filter(([, , day]) => day <= newYorkDate(now))
    .map(([start, end, day, val]) => ({
      start,
      end,
      val,
      accn: accession(day, '1'),
      form: '10-Q',
      filed: day,
    }))
  return JSON.stringify({
    cik: 1045810,
    entityName: 'NVIDIA CORP (sample)',
    facts: { 'us-gaap': { Revenues: { units: { USD: facts } } } },
  })
}

/** The calendar of projected earnings dates, one response per day. */
export const nasdaqEarnings = (day: string): string => {
  const row = {
    symbol: 'NVDA',
    name: 'NVIDIA Corporation (sample)',
    time: 'time-after-hours',
    fiscalQuarterEnding: 'Oct/2025',
    epsForecast: '$1.17',
    noOfEsts: '14',
    lastYearRptDt: '11/20/2024',
    lastYearEPS: '$0.78',
    marketCap: '',
  }
  return JSON.stringify({
    data: {
      asOf: DateTime.fromISO(day, { zone: 'utc', locale: 'en-US' }).toFormat('ccc, LLL d, yyyy'),
      rows: day === '2025-11-19' ? [row] : [],
    },
    message: null,
    status: { rCode: 200 },
  })
}
