/** Rows of an import are judged alike in whatever order its file holds them. */
import { expect, it } from 'vitest'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { openTestLake, writeInput } from '../../support/lake.ts'

const sessions = ['2025-11-12', '2025-11-13', '2025-11-14', '2025-11-17', '2025-11-18', '2025-11-19', '2025-11-20']
const bar = (symbol: string, session: string, close = 100) =>
  `${symbol},${session},${close},${close},${close},${close},1000`

/** Series after series, session after session, and mixed. */
const orders = {
  'by symbol': (rows: string[]) => rows,
  'by session': (rows: string[]) => rows.toSorted((a, b) => (a.split(',')[1]! < b.split(',')[1]! ? -1 : 1)),
  mixed: (rows: string[]) =>
    rows
      .map((row, i) => [(i * 5) % rows.length, row] as const)
      .toSorted((a, b) => a[0] - b[0])
      .map(([, row]) => row),
}

const outcomeOf = async (rows: readonly string[]) => {
  const test = await openTestLake()
  const file = writeInput('bars.csv', `symbol,session,open,high,low,close,volume\n${rows.join('\n')}\n`)
  await importFiles(test.lake, 'daily_bars', [file], { source: 'desk' })
  await test.lake.refresh()
  const rejected = await test.lake.engine.rows<{ content: string; reason: string }>(
    'select content, reason from rejected_rows',
  )
  const bars = await test.lake.engine.rows(
    'select * exclude (fetched_at, bronze_key) from daily_bars order by symbol, session',
  )
  const reasons = rejected.map(({ content, reason }) => {
    const { symbol, session } = JSON.parse(content) as { symbol: string; session: string }
    return `${symbol} ${session}: ${reason.replace(/row \d+/g, 'row')}`
  })
  return { reasons: reasons.toSorted(), bars }
}

const plain = ['AAA', 'BBB'].flatMap((symbol) => sessions.map((session) => bar(symbol, session)))
const slip = 'AAA 2025-11-17: close 10000.0 is 100.0 times the median of its neighbours, 100.0'
const replaced = (rows: readonly string[], symbol: string, session: string, close: number) =>
  rows.map((row) => (row.startsWith(`${symbol},${session}`) ? bar(symbol, session, close) : row))
const withSlip = replaced(plain, 'AAA', '2025-11-17', 10_000)

const files: readonly (readonly [string, string[], string[]])[] = [
  ['no fault', plain, []],
  ['a slip of the decimal point', withSlip, [slip]],
  [
    'a slip beside a rejected row',
    replaced(withSlip, 'AAA', '2025-11-18', -1),
    [slip, 'AAA 2025-11-18: low must be above zero: low -1.0'],
  ],
  [
    'a bar that contradicts an earlier one of its symbol',
    [...plain, bar('AAA', '2025-11-14', 101)],
    Array(2).fill(
      'AAA 2025-11-14: contradicts another row of this payload about the same symbol, session, source (first: row)',
    ),
  ],
]

it.each(files)('a file with %s lands alike by symbol, by session and mixed', async (_, rows, reasons) => {
  const outcomes = await Promise.all(Object.values(orders).map((order) => outcomeOf(order(rows))))
  for (const outcome of outcomes) {
    expect(outcome.reasons).toEqual(reasons)
    expect(outcome.bars).toEqual(outcomes[0]!.bars)
    expect(outcome.bars).toHaveLength(rows.length - reasons.length)
  }
})
