/** Measures one size in a process of its own, so that its memory is its own: `tsx bench/size.ts SYMBOLS [--compare]`. */
import { spawnSync } from 'node:child_process'
import { sum } from 'd3-array'
import { report } from '../evening/html/report.ts'
import { compute } from '../pipeline/compute/compute.ts'
import { importDecoder } from '../pipeline/landing/import.ts'
import { landNew } from '../pipeline/landing/land.ts'
import { publish } from '../pipeline/publish/publish.ts'
import { tag } from '../pipeline/tag/tag.ts'
import { views } from '../schemas/views/index.ts'
import { compareFeatures, compareLanding, evaluation } from './compared.ts'
import { addEvening, addIndex, bytesIn, emptyLake, type Stored, storeBars } from './lake.ts'
import { type Measured, measured } from './measured.ts'
import { header, megabytes, row, seconds } from './table.ts'

const symbols = Number(process.argv[2])
const isCompared = process.argv.includes('--compare')
const say = (step: string, took: Measured) => console.log(row(step, seconds(took), megabytes(took.peak)))

const lake = await emptyLake()
const stored: Stored[] = []
const landings: Measured[] = []
for await (const file of storeBars(lake, symbols)) {
  stored.push(file)
  // The file must be on disk before the measurement starts.
  spawnSync('sync')
  landings.push(await measured(() => landNew(lake, importDecoder)))
}
const [rows, bytes] = [sum(stored, (file) => file.rows), sum(stored, (file) => file.bytes)]
console.log(
  `\n${symbols} symbols: ${rows.toLocaleString('en-US')} bars, ${megabytes(bytes)} of CSV, number of files: ${stored.length}\n`,
)
const landed: Measured = {
  seconds: sum(landings, (each) => each.seconds),
  cpu: sum(landings, (each) => each.cpu),
  peak: Math.max(...landings.map((each) => each.peak)),
}
if (isCompared) {
  const paths = stored.map(({ path }) => path)
  await compareLanding(lake, paths, landed)
  console.log('')
}
console.log(header('step', 'time', 'peak memory so far'))
say('landing: CSV to Parquet, checked and stamped', landed)
await addIndex(lake, false)
await tag(lake)
say('all stored results from nothing', await measured(() => compute(lake)))
const others = views.filter((view) => !view.materialized)
const evaluate = async () => {
  for (const view of others) await lake.engine.run(evaluation(view, view.name))
}
say(`every value of the ${others.length} other views`, await measured(evaluate))
say('publish', await measured(() => publish(lake)))
say('one more evening, to the marts', await measured(() => addEvening(lake, symbols)))
say('the report of that evening', await measured(() => report(lake, undefined, { language: 'en' })))
const [bars, silver] = [await bytesIn(lake, 'silver/daily_bars/'), await bytesIn(lake, 'silver')]
console.log(`\n${megabytes(bars)} of bars in silver, ${megabytes(silver)} in silver with all stored results`)

if (isCompared) await compareFeatures(lake)
await lake.close()
