/**
 * The macro releases that the lake follows, by name: a table of facts that sources, views and catalyst kinds read.
 * Each headline statistic has a catalyst kind.
 */
import { DateTime } from 'luxon'

export interface Release {
  readonly agency: string
  /** Series of the figure: FRED's identifier, or our own if FRED does not carry it. */
  readonly series: string
  /** FRED's release number. A release without one comes from a page of its agency or from an import. */
  readonly fredRelease?: number
  /** How the figure is computed from the level of the series. */
  readonly measure: 'level' | 'change' | 'percent_change'
  readonly unit: string
  /** Factor that converts a consensus such as 50K (50,000) into the unit. */
  readonly consensusScale: number
  /** Usual New York time of publication. */
  readonly clock: string
  readonly title: string
  /** Pattern of the title in agency calendars. */
  readonly calendarTitle?: RegExp
  /** Titles of the release in calendars with a consensus. */
  readonly consensusTitles: readonly string[]
  readonly frequency: 'weekly' | 'monthly' | 'quarterly' | 'meeting'
  /** Number of periods from the reference period to the period in which the release is due. */
  readonly lag: number
  /** Weight in the data vacuum, fixed beforehand. A release with weight 0 is not counted. */
  readonly weight: number
  /** 1: a figure above consensus argues for tighter policy. -1: it argues for easier policy. */
  readonly policySign: 1 | -1
  /** Headline release with which it is published. Such a statistic is not a separate catalyst. */
  readonly publishedWith?: string
}

const bls = 'Bureau of Labor Statistics'
const bea = 'Bureau of Economic Analysis'
const board = 'Federal Reserve Board'
/**
 * Matches the title, alone or with its period. "Employment Situation of Veterans" is another release and does not
 * match.
 */
const called = (title: string) =>
  new RegExp(`^${title}(?:,? (?:for )?(?:\\w+ and )?\\w+ (?:Quarter )?\\d{4})?(?: \\(.*\\))?$`)
const monthly = { clock: '08:30', frequency: 'monthly', lag: 1, policySign: 1, consensusScale: 1 } as const
const percentChange = { measure: 'percent_change', unit: '% m/m' } as const

/**
 * Weights in the data vacuum: 1 for payrolls and CPI, 0.8 for GDP and PCE, 0.5 for ECI, JOLTS, retail sales and ISM,
 * 0.4 for industrial production, 0.2 for one week of jobless claims.
 */
export const releases = {
  nonfarm_payrolls: {
    ...monthly,
    agency: bls,
    series: 'PAYEMS',
    fredRelease: 50,
    measure: 'change',
    unit: 'thousand persons',
    consensusScale: 1e-3,
    title: 'Employment Situation',
    calendarTitle: called('Employment Situation'),
    consensusTitles: ['Non-Farm Employment Change', 'Nonfarm Payrolls', 'Non Farm Payrolls'],
    weight: 1,
  },
  unemployment_rate: {
    ...monthly,
    agency: bls,
    series: 'UNRATE',
    measure: 'level',
    unit: '%',
    title: 'Unemployment rate',
    consensusTitles: ['Unemployment Rate'],
    policySign: -1,
    weight: 0,
    publishedWith: 'nonfarm_payrolls',
  },
  consumer_prices: {
    ...monthly,
    ...percentChange,
    agency: bls,
    series: 'CPIAUCSL',
    fredRelease: 10,
    title: 'Consumer Price Index',
    calendarTitle: called('Consumer Price Index'),
    consensusTitles: ['CPI m/m', 'CPI'],
    weight: 1,
  },
  core_consumer_prices: {
    ...monthly,
    ...percentChange,
    agency: bls,
    series: 'CPILFESL',
    title: 'Consumer prices without food and energy',
    consensusTitles: ['Core CPI m/m', 'Core CPI'],
    weight: 0,
    publishedWith: 'consumer_prices',
  },
  personal_consumption_prices: {
    ...monthly,
    ...percentChange,
    agency: bea,
    series: 'PCEPI',
    fredRelease: 54,
    title: 'Personal Income and Outlays',
    calendarTitle: called('Personal Income and Outlays'),
    consensusTitles: ['PCE Price Index m/m', 'PCE Price Index', 'PCE price index'],
    weight: 0.8,
  },
  core_personal_consumption_prices: {
    ...monthly,
    ...percentChange,
    agency: bea,
    series: 'PCEPILFE',
    title: 'Personal consumption prices without food and energy',
    consensusTitles: ['Core PCE Price Index m/m', 'Core PCE Price Index'],
    weight: 0,
    publishedWith: 'personal_consumption_prices',
  },
  gross_domestic_product: {
    agency: bea,
    series: 'A191RL1Q225SBEA',
    fredRelease: 53,
    measure: 'level',
    unit: '% annualised',
    consensusScale: 1,
    clock: '08:30',
    title: 'Gross Domestic Product, first estimate',
    calendarTitle: /^(GDP|Gross Domestic Product)\b.*\b(Advance|Initial)\b/,
    consensusTitles: ['Advance GDP q/q', 'GDP'],
    frequency: 'quarterly',
    lag: 1,
    weight: 0.8,
    policySign: 1,
  },
  employment_cost_index: {
    agency: bls,
    series: 'ECIALLCIV',
    fredRelease: 11,
    measure: 'percent_change',
    unit: '% q/q',
    consensusScale: 1,
    clock: '08:30',
    title: 'Employment Cost Index',
    calendarTitle: called('Employment Cost Index'),
    consensusTitles: ['Employment Cost Index q/q', 'Employment Cost Index'],
    frequency: 'quarterly',
    lag: 1,
    weight: 0.5,
    policySign: 1,
  },
  job_openings: {
    ...monthly,
    agency: bls,
    series: 'JTSJOL',
    fredRelease: 192,
    measure: 'level',
    unit: 'thousand',
    consensusScale: 1e-3,
    clock: '10:00',
    title: 'Job Openings and Labor Turnover Survey',
    calendarTitle: called('Job Openings and Labor Turnover Survey'),
    consensusTitles: ['JOLTS Job Openings', 'JOLTs Job Openings'],
    lag: 2,
    weight: 0.5,
  },
  industrial_production: {
    ...monthly,
    ...percentChange,
    agency: board,
    series: 'INDPRO',
    fredRelease: 13,
    clock: '09:15',
    title: 'Industrial Production and Capacity Utilization (G.17)',
    consensusTitles: ['Industrial Production m/m', 'Industrial Production'],
    weight: 0.4,
  },
  retail_sales: {
    ...monthly,
    ...percentChange,
    agency: 'Census Bureau',
    series: 'RSAFS',
    fredRelease: 9,
    title: 'Advance Monthly Retail Sales',
    consensusTitles: ['Retail Sales m/m', 'Retail Sales'],
    weight: 0.5,
  },
  jobless_claims: {
    agency: 'Employment and Training Administration',
    series: 'ICSA',
    fredRelease: 180,
    measure: 'level',
    unit: 'persons',
    consensusScale: 1,
    clock: '08:30',
    title: 'Initial claims for unemployment insurance',
    consensusTitles: ['Unemployment Claims', 'Initial Jobless Claims'],
    frequency: 'weekly',
    lag: 1,
    weight: 0.2,
    policySign: -1,
  },
  /** FRED has not carried it since 2016 and no other source is free, so calendar and figures come by import. */
  manufacturing_survey: {
    ...monthly,
    agency: 'Institute for Supply Management',
    series: 'ISM_MANUFACTURING_PMI',
    measure: 'level',
    unit: 'index',
    clock: '10:00',
    title: 'ISM Manufacturing PMI',
    consensusTitles: ['ISM Manufacturing PMI'],
    weight: 0.5,
  },
  fomc_decision: {
    agency: 'Federal Open Market Committee',
    series: 'FOMC_TARGET_UPPER',
    measure: 'level',
    unit: '%',
    consensusScale: 1,
    clock: '14:00',
    title: 'FOMC decision, upper end of the target range',
    consensusTitles: ['Federal Funds Rate', 'Fed Interest Rate Decision'],
    frequency: 'meeting',
    lag: 0,
    weight: 0,
    policySign: 1,
  },
} as const satisfies Record<string, Release>

export type ReleaseName = keyof typeof releases

/** Longest usual number of calendar days between two figures, by frequency. */
export const longestSilence = { weekly: 14, monthly: 62, quarterly: 123, meeting: 63 } as const

/** All releases by name, for look-ups by text. */
export const releaseEntries: readonly (readonly [name: string, release: Release])[] = Object.entries(releases)

export const releaseNamed = (name: string): Release | undefined => (releases as Record<string, Release>)[name]

export const releaseOfSeries = (series: string) => releaseEntries.find(([, release]) => release.series === series)

export const releaseOfConsensusTitle = (title: string) =>
  releaseEntries.find(([, release]) => release.consensusTitles.includes(title))

export const releaseOfCalendarTitle = (title: string) =>
  releaseEntries.find(([, release]) => release.calendarTitle?.test(title))

/** First day of the reference period of a release due on this day, by its usual lag. A week begins on Sunday. */
export const periodDueOn = ({ frequency, lag }: Release, day: string): string => {
  const due = DateTime.fromISO(day, { zone: 'utc' })
  const first = {
    weekly: () => due.startOf('week').minus({ weeks: lag, days: 1 }),
    monthly: () => due.startOf('month').minus({ months: lag }),
    quarterly: () => due.startOf('quarter').minus({ quarters: lag }),
    meeting: () => due,
  }
  return first[frequency]().toISODate()!
}

/** First day of the period that a provider's date stands for. FRED dates a week by its last day, a Saturday. */
export const periodFiledUnder = ({ frequency }: Release, day: string): string =>
  frequency === 'weekly' ? DateTime.fromISO(day, { zone: 'utc' }).minus({ days: 6 }).toISODate()! : day

const months = 'January|February|March|April|May|June|July|August|September|October|November|December'

/**
 * The period that a title names, as in "GDP (Advance Estimate), 3rd Quarter 2025" or "Employment Situation for
 * September 2025".
 */
export const periodNamedIn = (title: string): string | undefined => {
  const [, quarter, year] = /\b([1-4])(?:st|nd|rd|th) Quarter(?: and Year)? (\d{4})/i.exec(title) ?? []
  if (quarter && year) return `${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`
  const [, month, ofYear] = new RegExp(`\\b(${months}) (\\d{4})`, 'i').exec(title) ?? []
  if (!month || !ofYear) return undefined
  return (
    DateTime.fromFormat(`${month} ${ofYear}`, 'MMMM yyyy', { zone: 'utc', locale: 'en-US' }).toISODate() ?? undefined
  )
}
