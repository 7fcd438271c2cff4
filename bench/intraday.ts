/** Measures five-minute bars of 60 sessions in a process of its own: `tsx bench/intraday.ts SYMBOLS`. */
import { rmSync, statSync } from 'node:fs'
import { sessionsBetween } from '../calendar/sessions.ts'
import { perform } from '../pipeline/compute/computation.ts'
import { materialize } from '../pipeline/compute/materialize.ts'
import { importFiles } from '../pipeline/ingest/import-files.ts'
import { reading } from '../pipeline/lake/current.ts'
import { intradayShape } from '../schemas/views/intraday/intraday_shape.ts'
import { symbolsOf } from './generate.ts'
import { intradayWriter } from './generate-intraday.ts'
import { bytesIn, emptyLake, work } from './lake.ts'
import { measured } from './measured.ts'
import { header, megabytes, row, seconds } from './table.ts'

const sessionCount = 60
const minutes = 5

const symbols = symbolsOf(Number(process.argv[2]))
const sessions = sessionsBetween('2025-01-02', '2025-12-31').slice(0, sessionCount + 1)
const writeBars = intradayWriter(symbols, minutes)

const lake = await emptyLake()
const csv = `${work}intraday.csv`
const land = async () => {
  const set = { interval_minutes: String(minutes), feed: 'consolidated', source: 'bench' }
  const { error } = await importFiles(lake, 'intraday_bars', [csv], set)
  if (error) throw new Error(error)
}
const made = reading((each) => perform(each, materialize(intradayShape)))
const shape = () => made(lake)
const stored = () => bytesIn(lake, 'silver/intraday_bars/')

const rows = await writeBars(csv, sessions.slice(0, sessionCount))
console.log(
  `\n${symbols.length} symbols, ${sessionCount} sessions of ${minutes}-minute bars: ${rows.toLocaleString('en-US')} bars, ${megabytes(statSync(csv).size)} of CSV\n`,
)
console.log(header('step', 'time', 'peak memory so far'))
const say = async (step: string, of: () => Promise<unknown>) => {
  const took = await measured(of)
  console.log(row(step, seconds(took), megabytes(took.peak)))
}
await say('landing: CSV to one Parquet object a session, checked and stamped', land)
await say('`intraday_shape` from nothing', shape)
const before = await stored()
const evening = await writeBars(csv, sessions.slice(sessionCount))
await say(`landing of one more session: ${evening.toLocaleString('en-US')} bars`, land)
await say('`intraday_shape` of that evening', shape)
const bytes = await stored()
console.log(
  `\n${megabytes(bytes)} of bars in silver, ${(bytes / (rows + evening)).toFixed(1)} bytes a row; the evening added ${((bytes - before) / 1e6).toFixed(2)} MB. \`intraday_shape\` has ${megabytes(await bytesIn(lake, 'silver/intraday_shape/'))}.`,
)
rmSync(csv)
await lake.close()
