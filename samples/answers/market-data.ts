/** Bars, volatility, volume, fund shares and gamma in the wire formats of their sources. */

import { unzipSync, zipSync } from 'fflate'
import { DateTime } from 'luxon'
import writeXlsx from 'write-excel-file/node'
import { newYorkInstant, sessionOf } from '../../calendar/sessions.ts'
import { intradayFrom, minuteBars } from '../intraday.ts'
import { linesOf } from '../lines.ts'
import { type Bar, market } from '../market.ts'

const us = (session: string) => `${session.slice(5, 7)}/${session.slice(8)}/${session.slice(0, 4)}`

/**
 * Sessions that the source shows at this instant: those that have closed; for next-morning sources, those that closed
 * 14 hours ago.
 */
export const shown = <T extends { readonly session: string }>(
  rows: readonly T[],
  now: Date,
  nextMorning = false,
): T[] =>
  rows.filter(({ session }) => {
    const closed = sessionOf(session)!.closesAt
    return closed + (nextMorning ? 14 : 0) * 3_600_000 <= now.getTime()
  })

export const nasdaqHistory = (symbol: string, url: URL, now: Date): string => {
  const from = url.searchParams.get('fromdate') ?? ''
  const to = url.searchParams.get('todate') ?? '9999'
  const rows = shown(market().bars.get(symbol) ?? [], now).filter(({ session }) => session >= from && session <= to)
  const money = (value: number) => `$${value.toFixed(2)}`
  return JSON.stringify({
    data: {
      symbol,
      totalRecords: rows.length,
      tradesTable: {
        asOf: null,
        headers: { date: 'Date', close: 'Close/Last', volume: 'Volume', open: 'Open', high: 'High', low: 'Low' },
        rows: rows
          .map(({ session, open, high, low, close, volume }) => ({
            date: us(session),
            close: money(close),
            volume: volume.toLocaleString('en-US'),
            open: money(open),
            high: money(high),
            low: money(low),
          }))
          .reverse(),
      },
    },
    message: null,
    status: { rCode: 200, bCodeMessage: null, developerMessage: null },
  })
}

export const yahooChart = (symbol: string, url: URL, now: Date): string => {
  const from = Number(url.searchParams.get('period1'))
  const to = Number(url.searchParams.get('period2'))
  const opened = (bar: Bar) => newYorkInstant(bar.session, '09:30').getTime() / 1000
  const rows = shown(market().bars.get(symbol) ?? [], now).filter((bar) => opened(bar) >= from && opened(bar) <= to)
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => rows.map((bar) => bar[name])
  const quote = {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  }
  const meta = { currency: 'USD', symbol: `^${symbol}`, exchangeTimezoneName: 'America/New_York' }
  return JSON.stringify({
    chart: { result: [{ meta, timestamp: rows.map(opened), indicators: { quote: [quote] } }], error: null },
  })
}

/** Bars inside the sessions of the event week. As at Yahoo, an answer without any is an error. */
export const yahooIntraday = (symbol: string, url: URL, now: Date): string => {
  const between = (at: number) =>
    at >= Number(url.searchParams.get('period1')) && at <= Number(url.searchParams.get('period2'))
  const interval = url.searchParams.get('interval') ?? '5m'
  const sessions = shown(market().sessions, now).filter(({ session }) => session >= intradayFrom)
  const bars = sessions
    .flatMap(({ session }) => minuteBars(symbol, session, Number.parseInt(interval, 10)))
    .filter(({ start }) => between(start))
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => bars.map((bar) => bar[name])
  const names = ['open', 'high', 'low', 'close', 'volume'] as const
  const quote = Object.fromEntries(names.map((name) => [name, column(name)]))
  const meta = { currency: 'USD', symbol, exchangeTimezoneName: 'America/New_York', dataGranularity: interval }
  return JSON.stringify({
    chart: {
      result: [{ meta, timestamp: bars.map(({ start }) => start), indicators: { quote: [quote] } }],
      error: null,
    },
  })
}

export const cboeHistory = (index: string, now: Date): string => {
  const rows = shown(market().volatility.get(index) ?? [], now)
  const six = (value: number) => value.toFixed(6)
  if (index === 'VVIX' || index === 'SKEW') {
    return linesOf([`DATE,${index}`, ...rows.map(({ session, close }) => `${us(session)},${six(close)}`)])
  }
  return linesOf([
    'DATE,OPEN,HIGH,LOW,CLOSE',
    ...rows.map((row) => [us(row.session), six(row.open), six(row.high), six(row.low), six(row.close)].join()),
  ])
}

/** Venues with their share of volume. The split by tape follows the ETF share. */
const venues = [
  ['NYSE', 0.2],
  ['NASDAQ', 0.3],
  ['Cboe BZX', 0.1],
  ['FINRA TRF Carteret', 0.4],
] as const

export const cboeMarketVolume = (year: string, now: Date): string => {
  const measures = ['Shares', 'Notional', 'Trade Count']
  const header = [
    'Day',
    'Market Participant',
    ...measures.flatMap((each) => [`Tape A ${each}`, `Tape B ${each}`, `Tape C ${each}`, `Total ${each}`]),
  ]
  const days = shown(
    market().sessions.filter(({ session }) => session.startsWith(year)),
    now,
    true,
  )
  const lines = days.flatMap(({ session }) => {
    const tapeB = (market().etfShare.get(session) ?? 0.28) * 0.85
    const split = [(1 - tapeB) * 0.45, tapeB, (1 - tapeB) * 0.55]
    return venues.map(([venue, weight]) => {
      const of = (total: number) => {
        const tapes = split.map((each) => Math.round(total * weight * each))
        return [...tapes, tapes.reduce((a, b) => a + b, 0)]
      }
      return [session, venue, ...of(17e9), ...of(900e9), ...of(110e6)].join()
    })
  })
  return linesOf([header.join(), ...lines])
}

export const squeezemetrics = (now: Date): string => {
  const closes = new Map(
    market()
      .bars.get('GSPC')
      ?.map((bar) => [bar.session, bar.close]),
  )
  const rows = shown(market().sessions, now, true)
  return linesOf([
    'date,price,dix,gex',
    ...rows.map(
      ({ session }, i) =>
        `${session},${closes.get(session)},${(0.44 + 0.02 * Math.sin(i / 9)).toFixed(6)},${market().gamma.get(session)!.toFixed(4)}`,
    ),
  ])
}

/** The archive without its creation time, so that equal rows give equal bytes. */
export const undated = (archive: Uint8Array): Uint8Array => zipSync(unzipSync(archive), { mtime: new Date(2025, 0, 1) })

/** Shares outstanding: a fixed pattern of creations and redemptions that follows the price. */
export const ssgaHistory = async (fund: string, now: Date): Promise<Uint8Array> => {
  const bars = shown(market().bars.get(fund) ?? [], now, true)
  const text = (value: string) => ({ value, type: String })
  const number = (value: number) => ({ value, type: Number })
  const base = fund === 'SPY' ? 1.04e9 : 2.6e8
  const rows = bars.map(({ session, close }, i) => {
    const shares = Math.round(base * (1 + 0.01 * Math.sin(i / 7)) + 50_000 * ((i * 37) % 11))
    const day = DateTime.fromISO(session).toFormat('dd-MMM-yyyy', { locale: 'en-US' })
    return [text(day), number(close), number(shares), number(Math.round(close * shares))]
  })
  const heading = [[text('Fund Name:'), text(`${fund} (simulated)`)], [text('Ticker Symbol:'), text(fund)], []]
  const header = ['Date', 'NAV', 'Shares Outstanding', 'Total Net Assets'].map(text)
  return undated(await writeXlsx([...heading, header, ...rows.reverse()]).toBuffer())
}
