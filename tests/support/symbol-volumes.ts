/** Small payloads of the documented shapes for the measured ETF share: a symbol directory and the volume of every symbol. */
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sourceNamed } from '../../sources/index.ts'
import { writeInput } from './lake.ts'

type Flag = 'Y' | 'N' | ''

/** Nasdaq-listed symbols with their ETF flags, made at a time such as 1119202521:30 in New York. */
export const nasdaqListed = (flags: Readonly<Record<string, Flag>>, made: string): string =>
  [
    'Symbol|Security Name|Market Category|Test Issue|Financial Status|Round Lot Size|ETF|NextShares',
    ...Object.entries(flags).map(([symbol, etf]) => `${symbol}|${symbol} "A" Inc.|Q|N|N|100|${etf}|N`),
    `File Creation Time: ${made}|||||||`,
    '',
  ].join('\r\n')

export const otherListed = (made: string): string =>
  [
    'ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|NASDAQ Symbol',
    'SPY|SPDR S&P 500 ETF Trust|P|SPY|Y|100|N|SPY',
    'BRK.B|Berkshire Hathaway Inc. Common Stock|N|BRK.B|N|100|N|BRK.B',
    'BAC$E|Bank of America Corporation Depositary Shares|N|BACpE|N|100|N|BAC-E',
    'ZTST|Test Stock|N|ZTST|N|100|Y|ZTST',
    `File Creation Time: ${made}||||||`,
    '',
  ].join('\r\n')

export interface Traded {
  readonly symbol: string
  readonly shares: number
  readonly price?: number
}

/** The answer of Massive for a session whose day ends at 16:00 New York in winter. */
export const groupedBars = (session: string, traded: readonly Traded[]): string =>
  JSON.stringify({
    queryCount: traded.length,
    resultsCount: traded.length,
    adjusted: false,
    results: traded.map(({ symbol, shares, price = 1 }) => ({
      T: symbol,
      v: shares,
      vw: price,
      o: price,
      c: price,
      h: price,
      l: price,
      t: Date.parse(`${session}T21:00:00Z`),
      n: 10,
    })),
    status: 'OK',
    request_id: 'a',
    count: traded.length,
  })

/** FINRA's file of all facilities, with the count of its rows in the last line. */
export const offExchange = (session: string, traded: readonly Traded[]): string =>
  [
    'Date|Symbol|ShortVolume|ShortExemptVolume|TotalVolume|Market',
    ...traded.map(({ symbol, shares }) => `${session.replaceAll('-', '')}|${symbol}|0|0|${shares}|B,Q,N`),
    traded.length,
    '',
  ].join('\r\n')

export const ingestText = async (lake: Lake, source: string, text: string, key: string, fetchedAt: string) =>
  ingestPayload(lake, sourceNamed(source), writeInput('payload.txt', text), { key, fetchedAt: new Date(fetchedAt) })
