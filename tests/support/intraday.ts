/** Bars of a session as a vendor's CSV has them: local times without an offset. */
import type { Outcome } from '../../core/outcome.ts'
import { type ImportOptions, importFiles } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { writeInput } from './lake.ts'

export interface LocalBar {
  readonly time: string
  readonly close: number
  readonly volume?: number
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`

/** Bars from 09:30 on, whose closes follow from the minute. */
export const barsOf = (
  session: string,
  count: number,
  priceAt: (minute: number) => number = (minute) => 100 + minute / 100,
  step = 1,
): LocalBar[] =>
  Array.from({ length: count }, (_, i) => ({
    time: `${session} ${clock(570 + i * step)}`,
    close: priceAt(i * step),
    volume: 100,
  }))

export const csvOf = (bars: readonly LocalBar[]): string =>
  [
    'datetime,open,high,low,close,volume',
    ...bars.map(({ time, close, volume = 100 }) => `${time},${close},${close},${close},${close},${volume}`),
    '',
  ].join('\n')

/** Imports bars as SPY of the feed iex, unless something else is set. */
export const importBars = (
  lake: Lake,
  bars: readonly LocalBar[],
  set: Readonly<Record<string, string>> = {},
  options: ImportOptions = {},
): Promise<Outcome> =>
  importFiles(
    lake,
    'intraday_bars',
    [writeInput('bars.csv', csvOf(bars))],
    { symbol: 'SPY', feed: 'iex', interval_minutes: '1', source: 'desk', ...set },
    options,
  )
