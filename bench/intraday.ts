/** Measures five-minute bars in a process of its own: `tsx bench/intraday.ts SYMBOLS SESSIONS`. */
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

const [symbolCount = 500, sessionCount = 60] = process.argv.slice(2).map(Number)
const minutes = 5
/** Sessions of one file: larger files are refused. */
const perFile = 60

const symbols = symbolsOf(symbolCount)
const sessions = sessionsBetween('2025-01-02', '2026-12-31').slice(0, sessionCount + 1)
const writeBars = intradayWriter(symbols, minutes)

const lake = await emptyLake()
const csv = (i: number) => `${work}intraday-${i}.csv`
const land = async (file: string) => {
  const set = { interval_minutes: String(minutes), feed: 'consolidated', source: 'bench' }
  const { error } = await importFiles(lake, 'intraday_bars', [file], set)
  if (error) throw new Error(error)
}
const made = reading((each) => perform(each, materialize(intradayShape)))
const shape = () => made(lake)
const stored = () => bytesIn(lake, 'silver/intraday_bars/')

const files: string[] = []
let rows = 0
for (let first = 0; first < sessionCount; first += perFile) {
  files.push(csv(files.length))
  rows += await writeBars(files.at(-1)!, sessions.slice(first, Math.min(first + perFile, sessionCount)))
}
const csvBytes = files.reduce((total, file) => total + statSync(file).size, 0)
console.log(
  `\n${symbols.length} symbols, ${sessionCount} sessions of ${minutes}-minute bars: ${rows.toLocaleString('en-US')} bars, ${megabytes(csvBytes)} of CSV\n`,
)
console.log(header('step', 'time', 'peak memory so far'))
const say = async (step: string, of: () => Promise<unknown>) => {
  const took = await measured(of)
  console.log(row(step, seconds(took), megabytes(took.peak)))
}
await say('landing: CSV to one Parquet object a session, checked and stamped', async () => {
  for (const file of files) await land(file)
})
await say('`intraday_shape` from nothing', shape)
const before = await stored()
const next = csv(files.length)
const evening = await writeBars(next, sessions.slice(sessionCount))
await say(`landing of one more session: ${evening.toLocaleString('en-US')} bars`, () => land(next))
await say('`intraday_shape` of that evening', shape)
const asked = reading((each, what: string) => each.engine.rows(what))
const ask = (what: string) => () => asked(lake, what)
const last = `session = date '${sessions.at(-1)!.session}'`
await say(
  '`intraday_path` of one symbol on one session',
  ask(`select * from intraday_path where symbol = '${symbols[0]}' and ${last}`),
)
await say('`intraday_shape` of all symbols on one session', ask(`select * from intraday_shape where ${last}`))
const bytes = await stored()
console.log(
  `\n${megabytes(bytes)} of bars in silver, ${(bytes / (rows + evening)).toFixed(1)} bytes a row; the evening added ${((bytes - before) / 1e6).toFixed(2)} MB. \`intraday_shape\` has ${megabytes(await bytesIn(lake, 'silver/intraday_shape/'))}.`,
)
for (const file of [...files, next]) rmSync(file)
await lake.close()
