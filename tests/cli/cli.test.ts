/** The command line as a user has it: commands, answers, exit codes. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { allCommands, commandsFor } from '../../cli/commands/index.ts'
import { openEngine } from '../../core/engine.ts'
import { vixCsv } from '../support/answers.ts'
import { newFolder, writeInput } from '../support/lake.ts'
import { bin, precursor } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const commands = await allCommands()

let sample: string
beforeAll(async () => {
  sample = await episodeLake()
})
const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,2,1,2,5\n'

describe('the help', () => {
  const helpOf = (...words: string[]) => precursor(newFolder(), ...words).stdout

  it('of all says of each command what its own help says', () => {
    const all = helpOf('--help').replaceAll(/\s+/g, ' ')
    for (const command of commands) expect(all).toContain(command.description().replaceAll(/\s+/g, ' '))
  })

  it.each([[['query', '--help']], [['help', 'query']]])('of a command has its options: %j', (words) => {
    expect(helpOf(...words)).toContain('--estimate')
  })

  it('of all names arguments, and no command is loaded for it', async () => {
    expect(helpOf('--help')).toMatch(/^ {2}query \[options\] <sql> +Run SQL/m)
    const named = await commandsFor(['--lake', 'x', 'query', 'select 1'])
    expect(named.filter(({ options }) => options.length).map((each) => each.name())).toEqual(['query'])
  })
})

describe('exit codes', () => {
  it('tell all landed from landed with rejections from failed, and runs says the same', () => {
    const lake = newFolder()
    expect(precursor(lake, 'import', 'daily_bars', writeInput('good.csv', bars)).status).toBe(0)
    const rejected = precursor(
      lake,
      'import',
      'daily_bars',
      writeInput('holiday.csv', bars.replace('2025-11-20', '2025-11-27')),
      '--set',
      'source=b',
    )
    expect(rejected).toMatchObject({ status: 2, stdout: expect.stringMatching(/1 rejected \(see rejected_rows\)/) })
    const failed = precursor(
      lake,
      'import',
      'daily_bars',
      writeInput('bad.csv', bars.replace(',2,5', ',x,5')),
      '--set',
      'source=c',
    )
    expect(failed).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(
        /ContractError: daily_bars\.close row 1 \(A, 2025-11-19\): expected double, got "x"/,
      ),
    })
    const { stdout } = precursor(
      lake,
      'query',
      "select status from runs where subject = 'import' order by known_at",
      '--format',
      'json',
    )
    expect(JSON.parse(stdout)).toEqual([{ status: 'ok' }, { status: 'rejections' }, { status: 'failed' }])
  })

  it.each([
    [['bogus'], /unknown command/],
    [['ingest', 'nope', '--payload', 'x'], /no source nope; there are bea_calendar, bls_calendar/],
    [['ingest', 'cboe_volatility', '--payload', '/nowhere'], /cannot read \/nowhere: ENOENT/],
    [['timetable', '--release', 'nope'], /unknown release: nope\. The releases are nonfarm_payrolls, consumer_prices/],
    [
      ['timetable', '--at', '2025-11-20'],
      /--at 2025-11-20 needs a date, time and offset, for example 2025-11-20T13:29:59Z/,
    ],
    [['run', '--session', '2025-11-22'], /2025-11-22 is not an XNYS session/],
    [['import', 'sessions', 'x.csv'], /no table sessions to import into; there are baskets, consensus/],
    [['query', 'select 1', '--format', 'yaml'], /no format yaml/],
    [['describe', 'nothing'], /unknown table or view: nothing/],
    [['evaluate', '--format', 'yaml'], /no format yaml; there are markdown, json/],
    [['evaluate'], /the lake holds 0 sessions of GSPC/],
  ])('%j is wrong usage', (args, message) => {
    expect(precursor(newFolder(), ...args)).toMatchObject({ status: 64, stderr: expect.stringMatching(message) })
  })

  it('evaluate prints a report that says what the lake is, or the same as JSON', () => {
    const { status, stdout } = precursor(sample, 'evaluate')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^# Evaluation\n\n\*\*SAMPLE: a simulated market/)
    const { rankings, comparisons } = JSON.parse(precursor(sample, 'evaluate', '--format', 'json').stdout)
    expect(rankings.length).toBeGreaterThan(10)
    expect(comparisons).toEqual([])
  })

  it('a query that the engine refuses fails with its reason', () => {
    expect(precursor(newFolder(), 'query', 'select nope from daily_bars')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/nope/),
    })
  })
})

describe('ingest', () => {
  it('takes a recorded payload for a key, at the instant given', () => {
    const lake = newFolder()
    const file = writeInput('VIX_History.csv', vixCsv([['2025-11-20', 26.42]]))
    const result = precursor(
      lake,
      'ingest',
      'cboe_volatility',
      '--payload',
      file,
      '--for',
      'VIX',
      '--fetched-at',
      '2025-11-20T17:00:00-05:00',
    )
    expect(result.status).toBe(0)
    const { stdout } = precursor(lake, 'query', 'select vix_close from volatility_regime', '--format', 'json')
    expect(JSON.parse(stdout)).toEqual([{ vix_close: 26.42 }])
    expect(
      precursor(
        lake,
        'query',
        'select symbol, known_at, known_basis from volatility_indices',
        '--format',
        'csv',
      ).stdout.trim(),
    ).toBe('symbol,known_at,known_basis\nVIX,2025-11-20T22:00:00.000Z,observed')
  })
})

describe('the sample lake', () => {
  it('says that it is a sample and refuses live data', () => {
    expect(precursor(sample, 'doctor', '--offline')).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^SAMPLE:/),
    })
    expect(precursor(sample, 'run')).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/is the simulated sample: choose another folder/),
    })
  })

  it('answers queries as a table, CSV, JSON and Parquet', async () => {
    const query =
      "select session, vix_close, true as lit, '=1+1' as note from volatility_regime where session = date '2025-11-20'"
    expect(precursor(sample, 'query', query).stdout).toMatch(/2025-11-20 +│ 26\.42/)
    expect(parse(precursor(sample, 'query', query, '--format', 'csv').stdout, { columns: true })).toEqual([
      { session: '2025-11-20', vix_close: '26.42', lit: 'true', note: "'=1+1" },
    ])
    expect(JSON.parse(precursor(sample, 'query', query, '--format', 'json').stdout)).toEqual([
      { session: '2025-11-20', vix_close: 26.42, lit: true, note: '=1+1' },
    ])
    const file = join(newFolder(), 'rows.parquet')
    expect(
      precursor(sample, 'query', writeInput('q.sql', `${query};\n`), '--format', 'parquet', '--output', file).status,
    ).toBe(0)
    const engine = await openEngine()
    expect(await engine.rows(`select vix_close from '${file}'`)).toEqual([{ vix_close: 26.42 }])
    engine.close()
  })

  it('holds a DuckDB file with all views that any client opens', async () => {
    const engine = await openEngine({ file: join(sample, 'lake.duckdb') })
    expect(await engine.rows('select notice from sample_notice')).toEqual([
      { notice: expect.stringMatching(/^SAMPLE/) },
    ])
    expect(
      await engine.rows("select depth_ratio < 0.5 as lit from crash_precursors where session = date '2025-11-20'"),
    ).toEqual([{ lit: true }])
    const mart = await engine.rows(
      `select count(*) as n from read_parquet('${join(sample, 'mart/crash_precursors/data.parquet')}')`,
    )
    expect(mart).toEqual(await engine.rows('select count(*) as n from crash_precursors'))
    engine.close()
  })

  it('finds the gaps of the morning after', () => {
    const { stdout } = precursor(sample, 'gaps', '--from', '2025-11-17', '--to', '2025-11-20', '--format', 'json')
    expect(JSON.parse(stdout)).toEqual([])
    const later = JSON.parse(
      precursor(sample, 'gaps', '--from', '2025-11-17', '--to', '2025-11-21', '--format', 'json').stdout,
    )
    expect(later).toContainEqual({
      table_name: 'daily_bars',
      source: 'nasdaq_bars',
      subject: 'SPY',
      session: '2025-11-21',
    })
  })
})

describe('help', () => {
  it.each(commands.map((command) => command.name()))('%s explains itself with an example', (command) => {
    const help = execFileSync(process.execPath, [bin, command, '--help'], { encoding: 'utf8' })
    expect(help).toMatch(/Usage: precursor/)
    expect(help).toMatch(/Example|sample-lake/)
  })
})

describe('the package', () => {
  it('has a lock file that works with any registry: no download addresses', () => {
    expect(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')).not.toMatch(/"resolved"/)
  })

  it('pins exact versions', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-r\.\d+)?$/)
  })
})
