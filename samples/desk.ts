/**
 * Figures that no free source provides, as CSV files that an analyst would import: depth, ETF volume and earnings
 * consensus.
 */
import { sessionOf } from '../calendar/sessions.ts'
import { linesOf } from './lines.ts'
import { market } from './market.ts'
import { nvdaReport } from './pinned.ts'

const published = (session: string, now: Date, hoursAfterClose: number) =>
  sessionOf(session)!.closesAt + hoursAfterClose * 3_600_000 <= now.getTime()

export const depthCsv = (now: Date): string =>
  linesOf([
    'date,instrument,metric,value,sample_count,window',
    ...[...market().depth]
      .filter(([session]) => published(session, now, 1))
      .map(([session, value]) => `${session},ES,top_of_book_usd,${Math.round(value)},78,rth median`),
  ])

const dailyNotional = 900e9

export const etfShareCsv = (now: Date): string =>
  linesOf([
    'date,segment,notional',
    ...[...market().etfShare]
      .filter(([session]) => published(session, now, 14))
      .flatMap(([session, share]) => [
        `${session},etf,${Math.round(share * dailyNotional)}`,
        `${session},total,${dailyNotional}`,
      ]),
  ])

const figures = ['revenue', 'eps_nongaap', 'revenue_guidance'] as const
const spanOf = (figure: (typeof figures)[number]) =>
  figure === 'revenue_guidance'
    ? { start: '2025-10-27', end: nvdaReport.nextEnd }
    : { start: nvdaReport.periodStart, end: nvdaReport.periodEnd }

/** Consensus before the results. */
export const estimatesCsv = (): string =>
  linesOf([
    'symbol,concept,period_end,value,known_at',
    ...figures.map((each) => `NVDA,${each},${spanOf(each).end},${nvdaReport[each].expected},${nvdaReport.expectedAt}`),
  ])

/** The announced figures. XBRL has them later, or never on this accounting basis. */
export const resultsCsv = (): string =>
  linesOf([
    'symbol,concept,period_start,period_end,value,accession,known_at',
    ...figures.map((each) => {
      const { start, end } = spanOf(each)
      return `NVDA,${each},${start},${end},${nvdaReport[each].actual},0001045810-25-911190,${nvdaReport.knownAt}`
    }),
  ])
