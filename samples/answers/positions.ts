/** Positions in the wire formats of their sources: an option chain and the holdings of a fund. */
import { DateTime } from 'luxon'
import writeXlsx from 'write-excel-file/node'
import { market } from '../market.ts'
import { shown, undated } from './market-data.ts'

const latest = <T extends { readonly session: string }>(rows: readonly T[], now: Date): T => shown(rows, now).at(-1)!

/**
 * Puts below the price and calls above it, with most open interest near it. Implied volatility is a smile around VIX.
 */
export const cboeChain = (symbol: string, now: Date): string => {
  const { session, close } = latest(market().bars.get('GSPC')!, now)
  const level = latest(market().volatility.get('VIX')!, now).close / 100
  const expiries = [7, 28, 56].map((days) => DateTime.fromISO(session).plus({ days }))
  const strikes = Array.from({ length: 29 }, (_, i) => Math.round(close / 50) * 50 + 50 * (i - 14))
  const options = expiries.flatMap((expiry, e) =>
    strikes.flatMap((strike) => {
      const distance = strike / close - 1
      const interest = (side: 1 | -1) =>
        Math.round((9000 - 2000 * e) * Math.exp(-(((distance - 0.025 * side) / 0.03) ** 2)))
      return (['C', 'P'] as const).map((type) => ({
        option: `${symbol}W${expiry.toFormat('yyMMdd')}${type}${String(strike * 1000).padStart(8, '0')}`,
        bid: 1,
        ask: 1.1,
        iv: Number((level * (1 - 1.5 * distance)).toFixed(4)),
        open_interest: interest(type === 'C' ? 1 : -1) * (type === 'P' ? 2 : 1),
        volume: 100,
      }))
    }),
  )
  return JSON.stringify({
    timestamp: DateTime.fromJSDate(now, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss'),
    symbol: `_${symbol}`,
    data: { current_price: close, close, last_trade_time: `${session}T16:15:00`, options },
  })
}

/** Weights of the largest holdings, in percent. One line stands for all others. */
const weights: Readonly<Record<string, number>> = {
  NVDA: 7.9,
  AAPL: 6.9,
  MSFT: 6.3,
  AMZN: 3.9,
  GOOGL: 3.1,
  AVGO: 2.9,
  META: 2.5,
  TSLA: 2.1,
  JPM: 1.5,
  WMT: 0.8,
}

export const ssgaHoldings = async (fund: string, now: Date): Promise<Uint8Array> => {
  const { session } = latest(market().bars.get(fund)!, now)
  const cell = (value: string | number) =>
    typeof value === 'number' ? { value, type: Number } : { value, type: String }
  const day = DateTime.fromISO(session).toFormat('dd-MMM-yyyy', { locale: 'en-US' })
  const rows = Object.entries(weights).map(([symbol, weight], i) =>
    [`${symbol} (simulated)`, symbol, `SIM${String(i).padStart(6, '0')}`, '-', weight, '-', 1_000_000, 'USD'].map(cell),
  )
  const heading = [
    [cell('Fund Name:'), cell(`${fund} (simulated)`)],
    [cell('Ticker Symbol:'), cell(fund)],
    [cell('Holdings:'), cell(`As of ${day}`)],
    [],
  ]
  const header = ['Name', 'Ticker', 'Identifier', 'SEDOL', 'Weight', 'Sector', 'Shares Held', 'Local Currency'].map(
    cell,
  )
  return undated(await writeXlsx([...heading, header, ...rows]).toBuffer())
}
