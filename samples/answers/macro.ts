/** Macro vintages and consensus in the wire formats of their sources. */
import { DateTime } from 'luxon'
import { newYorkDate } from '../../calendar/sessions.ts'
import { releases } from '../../schemas/releases.ts'
import { linesOf } from '../lines.ts'
import * as pinned from '../pinned.ts'

const firstMonth = DateTime.utc(2023, 10, 1)
const lastMonth = DateTime.utc(2025, 9, 1)
const months = Array.from({ length: Math.round(lastMonth.diff(firstMonth, 'months').months) + 1 }, (_, i) =>
  firstMonth.plus({ months: i }),
)

/** The first Friday of the next month. The report for September 2025 came on 2025-11-20. */
const payrollsReleasedOn = (month: DateTime): string => {
  if (month.toISODate() === '2025-09-01') return '2025-11-20'
  const first = month.plus({ months: 1 })
  return first.plus({ days: (5 - first.weekday + 7) % 7 }).toISODate()!
}

const pricesReleasedOn = (month: DateTime) =>
  month.toISODate() === '2025-09-01' ? '2025-10-24' : month.plus({ months: 1 }).set({ day: 12 }).toISODate()!

/** Payroll level of a month in a vintage: simulated before June 2025, the published figure from then on. */
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

/** Unemployment rate: simulated before July 2025, the published figure from then on. */
const unemploymentRate = (month: string) =>
  pinned.unemploymentRate[month] ?? Number((4 + 0.1 * (Date.parse(month) % 3)).toFixed(1))

/** The last day before the government shutdown closed the agencies. */
const shutdown = '2025-09-30'

interface Simulated {
  readonly isPeriod: (month: DateTime) => boolean
  readonly releasedOn: (month: DateTime) => string
  readonly level: (month: string, vintage: string) => number
}

const every = () => true
const quarterly = ({ month }: DateTime) => month % 3 === 1
/** Release date: the last day but one of the month that many months later. Nothing is released during the shutdown. */
const monthsLater = (count: number) => (month: DateTime) => {
  const day = month.plus({ months: count }).endOf('month').minus({ days: 1 }).toISODate()!
  return day <= shutdown ? day : '9999-12-31'
}
const grows = (level: number, rate: number) => (month: string) => {
  const since = DateTime.fromISO(month).diff(DateTime.fromISO('2024-01-01'), 'months').months
  return Number((level * (1 + rate) ** Math.round(since)).toFixed(3))
}

/** Figures of each series: the published figure if it is pinned, else a simulated one. */
const series: Readonly<Record<string, Simulated>> = {
  [releases.nonfarm_payrolls.series]: { isPeriod: every, releasedOn: payrollsReleasedOn, level: payrollLevel },
  [releases.unemployment_rate.series]: { isPeriod: every, releasedOn: payrollsReleasedOn, level: unemploymentRate },
  [releases.consumer_prices.series]: { isPeriod: every, releasedOn: pricesReleasedOn, level: priceLevel },
  [releases.personal_consumption_prices.series]: {
    isPeriod: every,
    releasedOn: monthsLater(1),
    level: grows(121, 0.002),
  },
  [releases.job_openings.series]: { isPeriod: every, releasedOn: monthsLater(1), level: grows(8100, -0.004) },
  [releases.gross_domestic_product.series]: {
    isPeriod: quarterly,
    releasedOn: monthsLater(3),
    level: grows(2.4, 0.003),
  },
  [releases.employment_cost_index.series]: {
    isPeriod: quarterly,
    releasedOn: monthsLater(3),
    level: grows(165, 0.003),
  },
}

export const alfredGraph = (id: string, vintage: string): string => {
  const known = series[id]
  const lines = months
    .filter((month) => known?.isPeriod(month) && known.releasedOn(month) <= vintage)
    .map((month) => `${month.toISODate()},${known?.level(month.toISODate()!, vintage)}`)
  return linesOf([`observation_date,${id}_${vintage.replaceAll('-', '')}`, ...lines])
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

/** A request for a day returns the events of the day before, as the site does. */
export const nasdaqEvents = (asked: string, now: Date): string => {
  const day = DateTime.fromISO(asked).minus({ days: 1 }).toISODate()
  const jobs = {
    gmt: '09:30',
    country: 'United States',
    eventName: 'Nonfarm Payrolls',
    actual: now < new Date('2025-11-20T13:30:00Z') ? '&nbsp;' : '119K',
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
