/** Small answers in the wire formats of the sources. */

export interface BarCells {
  readonly session: string
  readonly open?: number
  readonly high?: number
  readonly low?: number
  readonly close: number
  readonly volume?: number
}

/** Nasdaq history of one symbol, newest first. */
export const nasdaqJson = (symbol: string, bars: readonly BarCells[]): string => {
  const money = (value: number) => `$${value.toFixed(2)}`
  const rows = [...bars].reverse().map(({ session, open, high, low, close, volume }) => ({
    date: `${session.slice(5, 7)}/${session.slice(8)}/${session.slice(0, 4)}`,
    close: money(close),
    open: money(open ?? close),
    high: money(high ?? Math.max(open ?? close, close) * 1.01),
    low: money(low ?? Math.min(open ?? close, close) * 0.99),
    volume: String(volume ?? 1000),
  }))
  return JSON.stringify({ data: { symbol, totalRecords: rows.length, tradesTable: { rows } }, status: { rCode: 200 } })
}

/** Cboe history of VIX. */
export const vixCsv = (rows: readonly (readonly [session: string, close: number | string])[]): string =>
  [
    'DATE,OPEN,HIGH,LOW,CLOSE',
    ...rows.map(
      ([session, close]) =>
        `${session.slice(5, 7)}/${session.slice(8)}/${session.slice(0, 4)},${close},${close},${close},${close}`,
    ),
    '',
  ].join('\n')
