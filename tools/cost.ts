/** docs/cost.md: the monthly cost of a deployment, from measurements and public prices. */

import { usdPerTerabyte } from '../adapters/athena/cost.ts'
import { alarmTexts } from '../infra/alarm-texts.ts'
import { datasets } from '../pipeline/check/datasets.ts'
import { steps } from '../pipeline/runs/steps.ts'
import { martName } from '../schemas/catalog.ts'
import { views } from '../schemas/views/index.ts'
import { sources } from '../sources/index.ts'

/** Counted and timed on the emulator, with the sample universe (25 symbols, a lake of 400 sessions). */
const measured = {
  on: '2026-11-24',
  /** Requests of an evening that adds a session. Gigabyte-seconds are the wall time of each function times its memory. */
  evening: { put: 181, list: 169, get: 2155, bronzeBytes: 660_838, silverBytes: 279_453, gigabyteSeconds: 269 },
  /** A poll that requests two series and finds nothing new. Most polls request nothing. */
  poll: { put: 16, list: 17, get: 56, gigabyteSeconds: 5.5 },
  lateness: { put: 0, list: 1, get: 59, gigabyteSeconds: 2 },
  silverBytesPerYear: 2_260_000,
}

/** Of a site of two years, made from the sample on a desk: files, bytes, and what one more evening writes. */
const measuredSite = {
  pages: 504,
  pageBytes: 305_000,
  otherBytes: 6_000_000,
  filesAnEvening: 56,
  objectsRead: 158,
  /** An upper estimate: on a desk one more evening takes a few seconds. */
  secondsAnEvening: 60,
  /** Of a page, its script, style and data, compressed. */
  viewBytes: 250_000,
}
const siteMemory = 3.46
/** Readers open so many pages a month. */
const pagesRead = 1000
/** A page, and the copies of its script, style and data that are compared with the bucket. */
const requestsPerView = 6

/** On-demand prices of us-east-1 in US dollars, as published in 2025. `free` is the monthly allowance that does not expire. */
const prices = {
  storage: { per: 0.023, free: 0 },
  put: { per: 0.005 / 1000, free: 0 },
  get: { per: 0.0004 / 1000, free: 0 },
  gigabyteSecond: { per: 0.0000133334, free: 400_000 },
  transition: { per: 0.025 / 1000, free: 4_000 },
  metric: { per: 0.3, free: 10 },
  alarm: { per: 0.1, free: 10 },
  logGigabyte: { per: 0.5, free: 5 },
  sentGigabyte: { per: 0.085, free: 1000 },
  secureRequest: { per: 0.01 / 10_000, free: 10_000_000 },
  functionRequest: { per: 0.1 / 1e6, free: 2_000_000 },
  scannedGigabyte: { per: usdPerTerabyte / 1000, free: 0 },
}
type Priced = keyof typeof prices

const whole = (count: number) => Math.round(count).toLocaleString('en-US')

const sessionsAMonth = 21
const weekdays = 22
const days = 30
const polls = 19
const years = 10
const queries = 300
/** Athena looks up each year of a table: from 1990, and from 1957 for the calendar. */
const listsPerQuery = 38 * 7 + 71

/** States entered: per source the fetch task, the call, its check and its outcome; the rest of the machine once. */
const transitions = (sources.length * 4 + 11 + steps.length) * sessionsAMonth + polls * weekdays * 4
const counted = (of: 'put' | 'list' | 'get' | 'gigabyteSeconds') =>
  measured.evening[of] * sessionsAMonth + measured.poll[of] * polls * weekdays + measured.lateness[of] * days
const { bronzeBytes, silverBytes } = measured.evening
const gigabytes = (bronzeBytes * 252 * years + measured.silverBytesPerYear * years + silverBytes * sessionsAMonth) / 1e9

const items: readonly (readonly [string, Priced, number, string])[] = [
  ['S3 storage', 'storage', gigabytes, `GB: ${years} years of evenings, bronze included`],
  ['S3 writes and lists', 'put', counted('put') + counted('list'), 'requests'],
  ['S3 reads', 'get', counted('get'), 'requests'],
  ['S3 lists by Athena', 'put', queries * listsPerQuery, `requests: ${queries} queries over eight tables by year`],
  ['Lambda', 'gigabyteSecond', counted('gigabyteSeconds'), 'GB-s'],
  ['Step Functions', 'transition', transitions, 'states entered'],
  ['CloudWatch metrics', 'metric', datasets.length + 4, 'custom metrics'],
  ['CloudWatch alarms', 'alarm', datasets.length + Object.keys(alarmTexts).length - 1, 'alarms'],
  ['CloudWatch logs', 'logGigabyte', 0.05, 'GB'],
  ['Athena', 'scannedGigabyte', queries * 0.01, `GB: ${queries} queries at the minimum of 10 MB`],
]

const { pages, pageBytes, otherBytes, filesAnEvening, objectsRead, secondsAnEvening, viewBytes } = measuredSite
/** What a deployment with a site adds. */
const siteItems: readonly (readonly [string, Priced, number, string])[] = [
  ['S3 storage', 'storage', (pages * pageBytes + otherBytes) / 1e9, `GB: ${pages} evenings`],
  ['S3 writes and lists', 'put', (filesAnEvening + 3) * sessionsAMonth, `requests: ${filesAnEvening} files an evening`],
  [
    'S3 reads',
    'get',
    objectsRead * sessionsAMonth + pagesRead * requestsPerView,
    'requests: of the function, and of CloudFront for readers',
  ],
  ['Lambda', 'gigabyteSecond', secondsAnEvening * siteMemory * sessionsAMonth, 'GB-s'],
  ['Step Functions', 'transition', sessionsAMonth, 'states entered'],
  ['CloudFront transfer', 'sentGigabyte', (pagesRead * viewBytes) / 1e9, `GB: ${whole(pagesRead)} pages read`],
  ['CloudFront requests', 'secureRequest', pagesRead * requestsPerView, 'requests'],
  ['CloudFront function', 'functionRequest', pagesRead * requestsPerView, 'requests'],
]

const dollars = (amount: number) => `$${amount.toFixed(2)}`
const billed = (priced: Priced, count: number, isFree: boolean) =>
  Math.max(0, count - (isFree ? prices[priced].free : 0)) * prices[priced].per
const totalOf = (of: typeof items, isFree: boolean) =>
  of.reduce((sum, [, priced, count]) => sum + billed(priced, count, isFree), 0)
const total = (isFree: boolean) => totalOf(items, isFree)

const tableOf = (of: typeof items) =>
  [
    '| what | a month | unit | cost | without free allowances |',
    '| --- | ---: | --- | ---: | ---: |',
    ...of.map(
      ([name, priced, count, unit]) =>
        `| ${name} | ${count < 10 ? count.toFixed(2) : whole(count)} | ${unit} | ${dollars(billed(priced, count, true))} | ${dollars(billed(priced, count, false))} |`,
    ),
    `| **total** | | | **${dollars(totalOf(of, true))}** | **${dollars(totalOf(of, false))}** |`,
  ].join('\n')

/** The document without its title. */
export const cost = (): string =>
  [
    `The default universe costs about **${dollars(total(true))}** a month. It costs ${dollars(total(false))} if other work uses up the free allowances of
the account. Prices are those of us-east-1 as published in 2025; look them up for your region. Sizes, requests and durations were
measured on ${measured.on} on an emulator, with the sample universe of 25 symbols. They have not been compared with a bill.`,
    tableOf(items),
    `The Glue catalog, EventBridge Scheduler, SNS by mail, SSM parameters, X-Ray, SQS, the dashboard and the budget cost nothing at this
size. The disk of the functions costs less than a cent. Most of the storage is bronze, because some sources send their whole history each evening (${(bronzeBytes / 1e6).toFixed(2)} MB an evening in
all, gzipped). The versions that an evening replaces in silver (${(silverBytes / 1e6).toFixed(2)} MB) are kept for 30 days.

A query looks up each year of each table that it reads, however little it scans. A query of a mart (\`${martName(views.find(({ mart }) => mart)!)}\`)
looks up one object, so a dashboard should read the marts.`,
    '## The site',
    `A deployment with a site (\`-c site=true\`) adds about **${dollars(totalOf(siteItems, true))}** a month, and ${dollars(totalOf(siteItems, false))} without free
allowances, if its readers open ${whole(pagesRead)} pages. The free allowances of Lambda and Step Functions are shared with the rest.`,
    tableOf(siteItems),
    `Sizes and counts were measured with the sample on a desk; the function is assumed to run ${secondsAnEvening} seconds an evening. The first evening
writes all ${pages} pages. Later ones write ${filesAnEvening} files: the lists, the data of the signals, and the pages that changed
(${(pageBytes / 1e6).toFixed(2)} MB each). An origin access control, the certificate of CloudFront's own name and its compression cost nothing. An access log and a web ACL
would cost more than the site, so it has neither.`,
  ].join('\n\n')
