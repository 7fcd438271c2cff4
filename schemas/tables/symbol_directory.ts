import { boolean, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const symbolDirectory = defineTable({
  name: 'symbol_directory',
  doc: 'One row per symbol, source and change: the listed symbols of the US exchanges with their ETF flag. A symbol that leaves the directory keeps its last row.',
  grain: ['symbol', 'source', 'known_at'],
  yearOf: 'known_at',
  vintagesBy: 'published_at',
  columns: {
    symbol: string('Ticker, as the consolidated tape writes it: BRK.B, BACpE.'),
    name: string('Name of the security.'),
    exchange: string(
      'Listing exchange: `nasdaq`, or the letter of the directory, such as N for NYSE and P for NYSE Arca.',
    ),
    is_etf: boolean.nullable('True for an exchange-traded fund. NULL if the directory leaves it open.'),
    is_test_issue: boolean('True for a symbol with which the exchanges test their systems.'),
    ...knowledge,
  },
})
