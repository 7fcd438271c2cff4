/** Nasdaq quote history: bars of stocks and ETFs, adjusted for splits but not for dividends, about ten years back. */
import * as z from 'zod'
import { emptyAnswer } from '../schemas/empty-answers.ts'
import { corporateActions } from '../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../schemas/tables/daily_bars.ts'
import { dataOf, nasdaqApi } from './shared/nasdaq.ts'
import { cellReader, changed, refuseOther } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const shape = z.object({
  symbol: z.string(),
  totalRecords: z.number(),
  tradesTable: z.object({
    rows: z.array(
      z.object({
        date: z.string(),
        open: z.string(),
        high: z.string(),
        low: z.string(),
        close: z.string(),
        volume: z.string(),
      }),
    ),
  }),
})

export const nasdaqBars = defineSource({
  name: 'nasdaq_bars',
  doc: 'Daily bars of stocks and ETFs from the Nasdaq quote history.',
  homepage: 'https://www.nasdaq.com',
  ...nasdaqApi,
  // Nasdaq restates the history after a split. The restatement becomes one corporate action.
  tables: [dailyBars, corporateActions],
  proof: { on: 'recorded bytes', since: '2026-11-23', scope: 'an index' },
  restates: true,
  request: ({ from, to }, { universe }) => {
    const classes = [
      ['etf', universe.etfs],
      ['stocks', universe.stocks],
    ] as const
    return classes.flatMap(([assetClass, symbols]) =>
      symbols.map((symbol) => ({
        key: symbol,
        url: `https://api.nasdaq.com/api/quote/${encodeURIComponent(symbol)}/historical?assetclass=${assetClass}&fromdate=${from}&todate=${to}&limit=9999`,
      })),
    )
  },
  rows: (payload) => {
    const data = dataOf(payload, shape)
    refuseOther(payload, data.symbol)
    if (data.tradesTable.rows.length === 0) throw changed(payload, emptyAnswer.noRows)
    return data.tradesTable.rows.map((each, i) => {
      const cell = cellReader(payload, dailyBars, i + 1, `${data.symbol}, ${each.date}`)
      return decoded(dailyBars, i + 1, {
        symbol: data.symbol,
        session: cell.date('session', each.date, 'MM/dd/yyyy'),
        open: cell.money('open', each.open),
        high: cell.money('high', each.high),
        low: cell.money('low', each.low),
        close: cell.money('close', each.close),
        volume: cell.money('volume', each.volume),
      })
    })
  },
})
