/** Macro vintages, calendars, consensus, filings and speeches in the wire formats of their sources. */
import { DateTime } from 'luxon'
import { newYorkDate } from '../../pipeline/calendar/sessions.ts'
import { releases } from '../../schemas/releases.ts'
import * as pinned from '../pinned.ts'
import { earlierSpeeches, sampleSpeech } from '../speech.ts'

const firstMonth = DateTime.utc(2024, 1, 1)
const lastMonth = DateTime.utc(2025, 9, 1)
const months = Array.from({ length: Math.round(lastMonth.diff(firstMonth, 'months').months) + 1 }, (_, i) =>
  firstMonth.plus({ months: i }),
)

/** First Friday of the month after; the September report came on the 20th of November. */
const payrollsReleasedOn = (month: DateTime): string => {
  if (month.toISODate() === '2025-09-01') return '2025-11-20'
  const first = month.plus({ months: 1 })
  return first.plus({ days: (5 - first.weekday + 7) % 7 }).toISODate()!
}

const pricesReleasedOn = (month: DateTime) =>
  month.toISODate() === '2025-09-01' ? '2025-10-24' : month.plus({ months: 1 }).set({ day: 12 }).toISODate()!

/** Payroll level of a month as a vintage has it: simulated before June 2025, published from then on. */
const payrollLevel = (month: string, vintage: string): number => {
  const published = pinned.payrolls.findLast((each) => each.vintage <= vintage && month in each.levels)
  if (published) return published.levels[month]!
  const before = Math.round(DateTime.fromISO('2025-06-01').diff(DateTime.fromISO(month), 'months').months)
  const wiggle = (before * 53) % 90
  const firstPrint = DateTime.fromISO(vintage).diff(DateTime.fromISO(month), 'days').days < 45
  return 159_439 - before * 95 - wiggle + (firstPrint ? 18 : 0)
}

const priceLevel = (month: string) => {
  const since = Math.round(DateTime.fromISO(month).diff(DateTime.fromISO('2024-01-01'), 'months').months)
  return Number((309.7 * 1.00245 ** since + 0.15 * Math.sin(since)).toFixed(3))
}

export const alfredGraph = (series: string, vintage: string): string => {
  const jobs = series === releases.nonfarm_payrolls?.series
  const released = months.filter((month) => (jobs ? payrollsReleasedOn(month) : pricesReleasedOn(month)) <= vintage)
  const lines = released.map((month) => {
    const day = month.toISODate()!
    return `${day},${jobs ? payrollLevel(day, vintage) : priceLevel(day)}`
  })
  return [`observation_date,${series}_${vintage.replaceAll('-', '')}`, ...lines].join('\n')
}

interface Announced {
  readonly uid: string
  readonly title: string
  readonly at: string
  readonly sequence: number
  readonly status?: string
}

/** What the calendar said: the first timetable, and the one after the shutdown. */
const timetable = (now: Date): Announced[] => {
  const jobs = 'Employment Situation'
  const prices = 'Consumer Price Index'
  if (now < new Date('2025-11-13T00:00:00Z')) {
    return [
      { uid: 'sample-jobs-2025-09', title: jobs, at: '20251003T083000', sequence: 0 },
      { uid: 'sample-jobs-2025-10', title: jobs, at: '20251107T083000', sequence: 0 },
      { uid: 'sample-jobs-2025-11', title: jobs, at: '20251205T083000', sequence: 0 },
      { uid: 'sample-prices-2025-09', title: prices, at: '20251015T083000', sequence: 0 },
      { uid: 'sample-prices-2025-10', title: prices, at: '20251113T083000', sequence: 0 },
    ]
  }
  const october = now < new Date('2025-11-19T20:00:00Z') ? { sequence: 0 } : { sequence: 1, status: 'CANCELLED' }
  return [
    { uid: 'sample-jobs-2025-09', title: jobs, at: '20251120T083000', sequence: 1 },
    { uid: 'sample-jobs-2025-10', title: jobs, at: '20251107T083000', ...october },
    { uid: 'sample-jobs-2025-11', title: jobs, at: '20251216T083000', sequence: 1 },
    { uid: 'sample-prices-2025-09', title: prices, at: '20251024T083000', sequence: 1 },
    { uid: 'sample-prices-2025-10', title: prices, at: '20251113T083000', ...october },
  ]
}

export const blsIcs = (now: Date): string => {
  const events = timetable(now).flatMap(({ uid, title, at, sequence, status }) => [
    'BEGIN:VEVENT',
    `SEQUENCE:${sequence}`,
    `UID:${uid}`,
    `DTSTART;TZID=US-Eastern:${at}`,
    'DURATION:PT0M',
    `SUMMARY:${title}`,
    ...(status ? [`STATUS:${status}`] : []),
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'PRODID:-//Precursor sample//EN', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')
}

export const forexfactoryWeek = (now: Date): string => {
  const eventWeek = newYorkDate(now) >= '2025-11-16' && newYorkDate(now) <= '2025-11-22'
  const jobs = {
    title: 'Non-Farm Employment Change',
    country: 'USD',
    date: '2025-11-20T08:30:00-05:00',
    impact: 'High',
    forecast: '50K',
    previous: '22K',
  }
  const other = {
    title: 'Housing Starts',
    country: 'USD',
    date: now.toISOString().replace(/\.\d+Z/, '+00:00'),
    impact: 'Low',
    forecast: '1.34M',
    previous: '1.43M',
  }
  return JSON.stringify(eventWeek ? [other, jobs] : [other])
}

/** Asked for a day, it answers the day before. */
export const nasdaqEvents = (asked: string): string => {
  const day = DateTime.fromISO(asked).minus({ days: 1 }).toISODate()
  const jobs = {
    gmt: '09:30',
    country: 'United States',
    eventName: 'Nonfarm Payrolls',
    actual: '119K',
    consensus: '50K',
    previous: '22K',
    description: '',
  }
  return JSON.stringify({
    data: { asOf: day, rows: day === '2025-11-20' ? [jobs] : [] },
    message: null,
    status: { rCode: 200 },
  })
}

/** Results at 16:20 New York on the day of each filing. */
export const secSubmissions = (now: Date): string => {
  const filed = pinned.nvdaRevenue
    .map(([, end, day]) => ({
      end,
      day,
      accepted: DateTime.fromISO(`${day}T16:20:31`, { zone: 'America/New_York' }).toUTC(),
    }))
    .filter(({ accepted }) => accepted.toJSDate() <= now)
    .reverse()
  const recent = {
    accessionNumber: filed.map(({ day }) => `0001045810-${day.slice(2, 4)}-9${day.slice(5, 7)}${day.slice(8)}0`),
    filingDate: filed.map(({ day }) => day),
    reportDate: filed.map(({ day }) => day),
    acceptanceDateTime: filed.map(({ accepted }) => accepted.toISO()),
    form: filed.map(() => '8-K'),
    items: filed.map(() => '2.02,9.01'),
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
  const facts = pinned.nvdaRevenue
    .filter(([, , day]) => day <= newYorkDate(now))
    .map(([start, end, day, val]) => ({
      start,
      end,
      val,
      accn: `0001045810-${day.slice(2, 4)}-9${day.slice(5, 7)}${day.slice(8)}1`,
      form: '10-Q',
      filed: day,
    }))
  return JSON.stringify({
    cik: 1045810,
    entityName: 'NVIDIA CORP (sample)',
    facts: { 'us-gaap': { Revenues: { units: { USD: facts } } } },
  })
}

export const fedListing = (now: Date): string => {
  const { listed, title, speaker, location, id } = sampleSpeech
  const held = DateTime.fromFormat(listed, 'M/d/yyyy h:mm:ss a', { zone: 'America/New_York' }).toJSDate()
  const latest =
    held <= now ? [{ d: listed, t: title, s: speaker, lo: location, l: `/newsevents/speech/${id}.htm` }] : []
  return `﻿${JSON.stringify([...latest, ...earlierSpeeches])}`
}

export const fedArticle = (id: string): string => {
  const own = id === sampleSpeech.id
  const earlier = earlierSpeeches.find((each) => each.l.includes(id))
  const day = own
    ? sampleSpeech.day
    : DateTime.fromFormat(earlier?.d ?? '', 'M/d/yyyy h:mm:ss a').toFormat('MMMM d, yyyy')
  const paragraphs = own
    ? sampleSpeech.paragraphs
    : ['This text was written for the bundled sample.', 'Inflation has come down, and the labor market is in balance.']
  return `<!doctype html><html><body><div id="article"><div class="heading">
<p class='article__time'>${day}</p><h3 class='title'>${own ? sampleSpeech.title : (earlier?.t ?? id)}</h3>
<p class="speaker">${own ? sampleSpeech.speaker : (earlier?.s ?? '')}</p><p class='location'>${own ? sampleSpeech.location : (earlier?.lo ?? '')}</p></div>
<div>${paragraphs.map((each) => `<p>${each}</p>`).join('\n')}<p>${sampleSpeech.footnote}</p></div></div></body></html>`
}
