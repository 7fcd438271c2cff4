/** Nasdaq's symbol directory: every symbol listed on a US exchange, with its ETF flag. Two files, which name their columns differently. */
import { DateTime } from 'luxon'
import { newYork } from '../calendar/sessions.ts'
import { symbolDirectory } from '../schemas/tables/symbol_directory.ts'
import { cellReader, changed, csvRows, piped, textOf } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource, type Payload } from './source.ts'

const shared = ['Security Name', 'ETF', 'Test Issue']
const files = {
  nasdaqlisted: { symbol: 'Symbol', columns: ['Symbol', 'Market Category', ...shared] },
  otherlisted: { symbol: 'CQS Symbol', columns: ['ACT Symbol', 'Exchange', 'CQS Symbol', ...shared] },
} as const

/** The last line: File Creation Time: 1120202521:30|||||||, in New York. */
const trailer = /(?:^|\n)File Creation Time: ?(\d{10}:\d\d)\|*\s*$/

/** When the file was made. A file cannot be younger than its download. */
const madeAt = (payload: Payload, text: string): string => {
  const made = DateTime.fromFormat(trailer.exec(text)?.[1] ?? '', 'MMddyyyyHH:mm', { zone: newYork })
  if (!made.isValid)
    throw changed(payload, 'the last line does not give the File Creation Time, so the file may be cut off')
  return new Date(Math.min(made.toMillis(), payload.fetchedAt.getTime())).toISOString()
}

export const nasdaqSymbolDirectory = defineSource({
  name: 'nasdaq_symbol_directory',
  doc: 'Symbols listed on the US exchanges, with their ETF flag. Each file gives the time at which it was made.',
  homepage: 'https://www.nasdaqtrader.com/trader.aspx?id=symboldirdefs',
  licence: 'Nasdaq Trader site terms; cite Nasdaq.',
  tables: [symbolDirectory],
  proof: { on: 'documented shape', since: '2026-11-26' },
  hosts: ['www.nasdaqtrader.com'],
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'txt',
  lookBack: 0,
  rhythm: 'event',
  request: (_, { universe }) =>
    universe.symbolVolumes
      ? Object.keys(files).map((file) => ({
          key: file,
          url: `https://www.nasdaqtrader.com/dynamic/SymDir/${file}.txt`,
        }))
      : [],
  rows: (payload) => {
    const text = textOf(payload)
    const publishedAt = madeAt(payload, text)
    const file = text.startsWith('ACT Symbol|') ? files.otherlisted : files.nasdaqlisted
    const body = `${text.slice(0, text.search(trailer))}\n`
    const rows = csvRows(payload, file.columns, body, piped)
    if (rows.length === 0) throw changed(payload, 'no rows')
    return rows.map(({ row, cells }) => {
      const symbol = cells[file.symbol.toLowerCase()] || cells['act symbol'] || null
      const cell = cellReader(payload, symbolDirectory, row, String(symbol))
      const flag = (column: string, text: string | undefined) => {
        if (text === '' || text === undefined) return null
        if (text !== 'Y' && text !== 'N') throw cell.fail(column, 'Y or N', text)
        return text === 'Y'
      }
      return decoded(
        symbolDirectory,
        row,
        {
          symbol,
          name: cells['security name'] || null,
          exchange: cells.exchange ?? 'nasdaq',
          is_etf: flag('is_etf', cells.etf),
          is_test_issue: flag('is_test_issue', cells['test issue']),
        },
        publishedAt,
      )
    })
  },
})
