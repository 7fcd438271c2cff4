/** Columns of text with few values are written by the number of their value, and are read as text. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allSessions } from '../../../calendar/sessions.ts'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { derivedHashes, openTestLake, writeInput } from '../../support/lake.ts'

const header = 'symbol,session,open,high,low,close,volume\n'
const bar = (symbol: string, session: string) => `${symbol},${session},10,11,9,10,1000`
const sessions = allSessions()
  .map(({ session }) => session)
  .filter((session) => session.startsWith('2024-'))

it('texts with quotes and letters beyond ASCII come back as they were, and several imports give the bytes of a rebuild', async () => {
  const { lake, folder, clock } = await openTestLake({ at: '2025-01-02T01:00:00Z' })
  const symbols = ["O'X", 'Ä', 'BRK B', 'b', 'B']
  for (const [i, symbol] of symbols.entries()) {
    clock.set(`2025-01-02T0${i + 1}:00:00Z`)
    const file = writeInput(`${i}.csv`, `${header}${sessions.map((session) => bar(symbol, session)).join('\n')}\n`)
    await importFiles(lake, 'daily_bars', [file], { source: i < 2 ? "the desk's" : 'other' })
  }
  await lake.refresh()
  const found = await lake.engine.rows<{ symbol: string; source: string; n: number; keys: number }>(
    `select symbol, source, count(*) as n, count(distinct bronze_key) as keys
     from read_parquet('${join(folder, 'silver/daily_bars/year=2024/data.parquet')}') group by all order by min(file_row_number)`,
  )
  const n = sessions.length
  expect(found).toEqual([
    { symbol: 'B', source: 'other', n, keys: 1 },
    { symbol: 'BRK B', source: 'other', n, keys: 1 },
    { symbol: "O'X", source: "the desk's", n, keys: 1 },
    { symbol: 'b', source: 'other', n, keys: 1 },
    { symbol: 'Ä', source: "the desk's", n, keys: 1 },
  ])
  const before = derivedHashes(folder)
  await rebuild(lake, ['import'])
  expect(derivedHashes(folder)).toEqual(before)
})

it('an object with several row groups has the least and the greatest symbol of each of them', async () => {
  const { lake, folder } = await openTestLake({ at: '2025-01-02T01:00:00Z' })
  const symbols = Array.from({ length: 530 }, (_, i) => `S${String(i).padStart(3, '0')}`)
  const rows = symbols.flatMap((symbol) => sessions.map((session) => bar(symbol, session)))
  await importFiles(lake, 'daily_bars', [writeInput('many.csv', `${header}${rows.join('\n')}\n`)], { source: 'desk' })
  const groups = await lake.engine.rows<{ least: string; greatest: string }>(
    `select stats_min_value as least, stats_max_value as greatest
     from parquet_metadata('${join(folder, 'silver/daily_bars/year=2024/data.parquet')}') where path_in_schema = 'symbol' order by row_group_id`,
  )
  expect(groups).toEqual([
    { least: 'S000', greatest: 'S520' },
    { least: 'S520', greatest: 'S529' },
  ])
})
