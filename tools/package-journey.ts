/**
 * `npm run package-journey`: packs the package, installs it in an empty folder with npm, and does there what a new user does. A test does the
 * same without npm and with a sample that is there.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fakeClock } from './fake-clock.ts'

export interface Place {
  /** Working folder, outside of the project. */
  readonly folder: string
  /** The program of the installed package. */
  readonly program: string
  /** A sample lake. Default: the journey begins with `precursor start`. */
  readonly sample?: string
}

const asOf = '2025-11-20T13:29:59Z'
const lit = 'select count(*) as n, max(session) as latest from precursor_signals where is_lit'

/** Does each step and returns what it printed. A step that fails, or that prints something else, throws. */
export const journey = ({ folder, program, sample }: Place): readonly string[] => {
  const done: string[] = []
  const step = (
    name: string,
    args: readonly string[],
    expected: RegExp,
    more: { input?: string; env?: NodeJS.ProcessEnv } = {},
  ) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e8,
      input: more.input ?? '',
      env: { ...process.env, PRECURSOR_LAKE: '', PRECURSOR_UNIVERSE: '', npm_command: '', ...more.env },
    })
    if (!expected.test(stdout)) throw new Error(`${name} (exit code ${status}): ${stdout}${stderr}`)
    done.push(`${name}: ${stdout.trim().split('\n').at(-1)}`)
  }
  const lake = sample ?? join(folder, 'sample-lake')
  step('init', ['init', '--preset', 'minimal', '--contact', 'Jane Doe jane@example.com'], /universe\.json: 2 symbols/)
  step('doctor reads the universe of the folder', ['doctor', '--offline'], /universe universe\.json: 2 symbols/)
  if (!sample) step('start', ['start'], /sample-lake/)
  step('a first query', ['--lake', lake, 'query', lit, '--format', 'csv'], /^n,latest\n\d+,2025-11-20\n$/)
  step('the shell', ['--lake', lake, 'sql'], /2025-11-20/, { input: `${lit};\n` })
  const before = ['--as-of', asOf, '--format', 'csv']
  step('as of an instant', ['--lake', lake, 'query', lit, ...before], /^n,latest\n\d+,2025-11-19\n$/)
  const clock = fakeClock(folder, '2025-11-20T23:30:00Z')
  step('an evening of the schedule', ['--lake', 'lake', 'schedule', 'once'], /^$/, { env: clock })
  const log = readFileSync(join(folder, 'precursor-schedule.log'), 'utf8')
  if (!/ 2025-11-20 · [1-9]\d* landed/.test(log)) throw new Error(`the evening was not run: ${log}`)
  const closes = 'select vix_close from volatility_regime order by session desc limit 1'
  step('its evening', ['--lake', 'lake', 'query', closes, '--format', 'csv'], /^vix_close\n26\.42\n$/)
  step('backup', ['--lake', 'lake', 'backup', 'copy'], /ok +verified .*: 0 damaged/)
  step('restore', ['--lake', 'other/place', 'restore', 'copy'], /ok +verified .*: 0 damaged/)
  step('the restored lake', ['--lake', 'other/place', 'query', closes, '--format', 'csv'], /^vix_close\n26\.42\n$/)
  if (!existsSync(join(folder, 'other', 'place', 'lake.duckdb'))) throw new Error('restore wrote no lake.duckdb')
  return done
}

const main = () => {
  const project = fileURLToPath(new URL('../', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'precursor-package-'))
  try {
    const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: project })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', join(folder, packed.toString().trim())], {
      cwd: folder,
      stdio: 'inherit',
    })
    const program = join(folder, 'node_modules', 'precursor-lake', 'bin', 'precursor.mjs')
    for (const line of journey({ folder, program })) console.log(line)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
