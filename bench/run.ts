/**
 * `npm run bench -- --symbols 50 --symbols 500`: measures time, CPU time, memory and bytes for so many symbols over 25 years (by default
 * 500) on this machine, and compares with pandas, polars and chDB in the same run. It prints the tables of docs/performance.md and
 * asserts nothing. `--no-peers` leaves the comparison out. `--intraday 500` measures five-minute bars of so many symbols instead, of 60
 * sessions or of those that `--sessions` names.
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    symbols: { type: 'string', multiple: true, default: ['500'] },
    'no-peers': { type: 'boolean', default: false },
    intraday: { type: 'string', multiple: true, default: [] },
    sessions: { type: 'string', default: '60' },
  },
})
const isIntraday = values.intraday.length > 0
const sizes = (isIntraday ? values.intraday : values.symbols).flatMap((each) => each.split(','))
const wrong = sizes.find((each) => !/^[1-9]\d{0,4}$/.test(each))
if (wrong !== undefined)
  throw new Error(
    `${isIntraday ? '--intraday' : '--symbols'} ${wrong}: expected a number of symbols up to 99,999, for example 500`,
  )

if (!/^[1-9]\d{0,2}$/.test(values.sessions) || Number(values.sessions) > 500)
  throw new Error(`--sessions ${values.sessions}: expected a number of sessions up to 500, for example 60`)

const load = loadavg()[0]!.toFixed(1)
console.log(
  `${availableParallelism()} cores, load ${load} before the run (0 is a quiet machine), Node.js ${process.version}`,
)
const script = fileURLToPath(new URL(isIntraday ? 'intraday.ts' : 'size.ts', import.meta.url))
for (const size of sizes) {
  const options = isIntraday ? [values.sessions] : values['no-peers'] ? [] : ['--compare']
  const args = ['--import', 'tsx', script, size, ...options]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
