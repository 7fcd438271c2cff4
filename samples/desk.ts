/** Figures that no free source has, as an analyst would import them: depth and ETF share of volume. */
import { sessionOf } from '../pipeline/calendar/sessions.ts'
import { market } from './market.ts'

const published = (session: string, now: Date, hoursAfterClose: number) =>
  sessionOf(session)!.closesAt + hoursAfterClose * 3_600_000 <= now.getTime()

export const depthCsv = (now: Date): string =>
  [
    'date,instrument,metric,value,sample_count,window',
    ...[...market().depth]
      .filter(([session]) => published(session, now, 1))
      .map(([session, value]) => `${session},ES,top_of_book_usd,${Math.round(value)},78,rth median`),
  ].join('\n')

const dailyNotional = 900e9

export const etfShareCsv = (now: Date): string =>
  [
    'date,segment,notional',
    ...[...market().etfShare]
      .filter(([session]) => published(session, now, 14))
      .flatMap(([session, share]) => [
        `${session},etf,${Math.round(share * dailyNotional)}`,
        `${session},total,${dailyNotional}`,
      ]),
  ].join('\n')
