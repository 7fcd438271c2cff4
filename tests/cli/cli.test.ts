/** The command line as a user has it: commands, answers, exit codes. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { allCommands, commandsFor } from '../../cli/commands/index.ts'
import { commandGroups } from '../../cli/commands/list.ts'
import { commandLine, invocation } from '../../cli/invocation.ts'
import { reportName, siteFolder } from '../../cli/output-names.ts'
import { openEngine } from '../../core/engine.ts'
import { parseUniverse } from '../../core/universe.ts'
import { vixCsv } from '../support/answers.ts'
import { newFolder, writeInput } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const commands = await allCommands()
const project = join(bin, '..', '..')

let sample: string
beforeAll(async () => {
  sample = await episodeLake()
})
const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,2,1,2,5\n'

describe('the help', () => {
  const helpOf = (...words: string[]) => precursor(newFolder(), ...words).stdout

  it('of all is one screen: every command in its group with a few words, and the options', () => {
    const all = helpOf('--help')
    const lines = all.split('\n')
    expect(lines.length).toBeLessThan(60)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    for (const group of commandGroups) expect(lines).toContain(group)
    for (const command of commands) {
      const [line] = lines.filter((each) => each.startsWith(`  ${command.name()} `))
      expect(line?.endsWith(` ${command.summary()}`), command.name()).toBe(true)
    }
    expect(all).toMatch(/--lake <dir> .*--version /s)
  })

  it('tells the version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(precursor(newFolder(), '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([[['query', '--help']], [['help', 'query']]])('of a command has its options: %j', (words) => {
    expect(helpOf(...words)).toContain('--estimate')
  })

  it('of all names arguments, and no command is loaded for it', async () => {
    expect(helpOf('--help')).toMatch(/^ {2}query <sql> +run SQL/m)
    const named = await commandsFor(['--lake', 'x', 'query', 'select 1'])
    expect(named.filter(({ options }) => options.length).map((each) => each.name())).toEqual(['query'])
  })
})

it('a table of many rows has one head and one border, and every row once', () => {
  const { stdout } = precursor(sample, 'query', 'select x, x * x as square from range(1234) r(x)')
  const lines = stdout.trimEnd().split('\n')
  expect(lines[1]).toMatch(/^│ x +│ square +│$/)
  expect(lines.flatMap((line, i) => (line.startsWith('│') ? [] : [i]))).toEqual([0, 2, 1237, 1238])
  expect(lines.slice(3, -2).map((line) => line.split('│').map((cell) => cell.trim()))).toEqual(
    Array.from({ length: 1234 }, (_, x) => ['', String(x), String(x * x), '']),
  )
  expect(lines.at(-1)).toBe('1234 rows')
  expect(new Set(lines.slice(0, -1).map((line) => line.length)).size).toBe(1)
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
    [['bogus'], /^error: unknown command 'bogus'\n.*`.* --help` lists the commands/],
    [['qury', 'x'], /Did you mean query\?/],
    [['ingest', 'cboe_volatilty'], /no source cboe_volatilty; did you mean cboe_volatility\?/],
    [['rebuild', 'nosuch'], /no source nosuch; there are alpaca_bars, bea_calendar/],
    [['query', 'lit_signal'], /no saved query lit_signal; did you mean lit_signals\?/],
    [['compute', '--engine', 'athena'], /--engine athena computes in a deployment on AWS: add --aws/],
    [['compute', '--engine', 'spark'], /argument 'spark' is invalid/],
    [['query', 'crash_precursors'], /is a table or view, and not a saved query: ask "select \* from crash_precursors/],
    [['query', 'select * from lit_signal'], /no table or view lit_signal; did you mean lit_signals, a saved query\?/],
    [['query', 'select * from crash_precursor'], /no table or view crash_precursor; did you mean crash_precursors\?/],
    [['watch', '--language', 'ze'], /no language ze; did you mean zh\?/],
    [['init', '--preset', 'sp50'], /no preset sp50; did you mean sp500\?/],
    [['init', '--contact', 'Jane'], /contact: "Jane" holds no e-mail address/],
    [['query', 'select 1', '--output', '/nowhere/x.csv'], /cannot write \/nowhere\/x\.csv: there is no such folder/],
    [
      ['query', 'select 1', '--format', 'parquet', '--output', '/nowhere/x'],
      /cannot write \/nowhere\/x: .*no such file/,
    ],
    [['ingest', 'nope', '--payload', 'x'], /no source nope; there are alpaca_bars, bea_calendar/],
    [
      ['ingest', 'cboe_volatility', '--payload', '/nowhere'],
      /cannot read \/nowhere: there is no such file or folder \(ENOENT\)/,
    ],
    [['timetable', '--release', 'nope'], /no release nope; there are nonfarm_payrolls, consumer_prices/],
    [
      ['timetable', '--at', '2025-11-20'],
      /--at 2025-11-20 needs a date, time and offset, for example 2025-11-20T13:29:59Z/,
    ],
    [['run', '--session', '2025-11-22'], /2025-11-22 is not an XNYS session: it is a Saturday/],
    [['run', '--session', '2025-11-27'], /2025-11-27 is not an XNYS session: the exchange was closed \(Thanksgiving\)/],
    [['run', '--session', '20 November'], /20 November is not a date: write it as yyyy-mm-dd/],
    [
      ['run', '--session', '1950-01-03'],
      /1950-01-03 is outside of the calendar, which covers 1957-01-01 to 2027-12-31/,
    ],
    [['backfill', '--from', 'May', '--to', '2025-11-20'], /run request: from: "May" is not a date/],
    [['backfill', '--form', '2025-11-19'], /unknown option '--form'/],
    [['backfill', '--to', '2025-11-20'], /required option '--from' not specified/],
    [['import', 'sessions', 'x.csv'], /no table sessions to import into; there are analyst_series, baskets, consensus/],
    [['query', 'select 1', '--format', 'yaml'], /no format yaml/],
    [['describe', 'daily_bars', '--as-of', 'foo'], /^error: --as-of foo needs a date, time and offset/],
    [['describe', 'nothing'], /unknown table or view: nothing/],
    [['evaluate', '--format', 'yaml'], /no format yaml; there are markdown, json/],
    [['evaluate'], /the lake holds 0 sessions of GSPC/],
    [
      ['evaluate', '--predictor', 'label_forward_drawdown.forward_minimum_return_20'],
      /^error: .* is not a predictor: /,
    ],
    [['evaluate', '--subset', 'lead(vix_close) over (order by session) < 20'], /^error: --subset .* could look ahead/],
    [['evaluate', '--subset', ''], /^error: --subset is empty/],
    [['evaluate', '--from', ''], /^error: --from \(empty\) is not a day/],
  ])('%j is wrong usage, and the help is not printed', (args, message) => {
    const { status, stderr } = precursor(newFolder(), ...args)
    expect({ status, stderr }).toEqual({ status: 64, stderr: expect.stringMatching(message) })
    expect(stderr.split('\n').length).toBeLessThan(5)
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

  it('gives the report of each language a file of its own', () => {
    const folder = newFolder()
    for (const more of [[], ['--language', 'zh']])
      spawnSync(process.execPath, [bin, '--lake', sample, 'report', '2025-11-20', ...more], {
        cwd: folder,
        env: environment(),
      })
    expect(readdirSync(folder).sort()).toEqual(['report-2025-11-20.html', 'report-2025-11-20.zh.html'])
    expect([siteFolder('en'), siteFolder('zh')]).toEqual(['site', 'site.zh'])
  })

  it.each([['site', '--out'], ['export'], ['backup']])(
    '%s with a file in place of its folder is wrong usage',
    (...command) => {
      const file = writeInput('taken', 'a file')
      const { status, stderr } = precursor(sample, ...command, file)
      expect({ status, stderr }).toEqual({
        status: 64,
        stderr: expect.stringContaining(
          `error: cannot write ${file}: a part of the path is a file and not a folder (ENOTDIR)\n`,
        ),
      })
      expect(readFileSync(file, 'utf8')).toBe('a file')
    },
  )

  it('names the report of a symbol in signs that every file system takes', () => {
    expect(reportName('2025-11-20', 'en', 'BRK.B')).toBe('report-BRK.B-2025-11-20.html')
    for (const symbol of ['<img src=x onerror="a()">', '../../x', 'a\u0000b', 'A:B|C?*', '^GSPC'])
      expect(reportName('2025-11-20', 'zh', symbol)).toMatch(/^report-[\p{L}\p{N}._-]+-2025-11-20\.zh\.html$/u)
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

describe('init', () => {
  const beside = (folder: string, ...args: string[]) =>
    spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', env: environment() })

  it('writes a universe into the working folder, which doctor reads from there, and does not replace one', () => {
    const folder = newFolder()
    expect(beside(folder, 'doctor', '--offline').stdout).toMatch(
      /universe \(the default one: `node .* init` writes a file/,
    )
    const made = beside(folder, 'init', '--preset', 'minimal', '--contact', 'Jane Doe jane@example.com')
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(made.stdout).toMatch(/universe\.json: 2 symbols and 3 macro releases, from the preset minimal/)
    const file = readFileSync(join(folder, 'universe.json'), 'utf8')
    expect(parseUniverse(file, 'universe.json')).toMatchObject({ etfs: ['SPY'], contact: 'Jane Doe jane@example.com' })
    expect(beside(folder, 'doctor', '--offline').stdout).toMatch(/universe universe\.json: 2 symbols/)
    expect(beside(folder, 'init')).toMatchObject({ status: 64, stderr: expect.stringMatching(/is there already/) })
    expect(readFileSync(join(folder, 'universe.json'), 'utf8')).toBe(file)
  })
})

describe('a printed command', () => {
  it('works when it is pasted into a shell: it names the program and the lake', () => {
    const folder = newFolder()
    const { stderr } = precursor(folder, 'report')
    const [, command] = /`([^`]* start)`/.exec(stderr)!
    expect(command).toContain(`--lake ${folder}`)
    const help = spawnSync('sh', ['-c', `${command} --help`], { encoding: 'utf8', env: environment() })
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: precursor start') })
  })

  it.each([
    [{ npm_command: 'exec', INIT_CWD: project }, project, 'npx precursor'],
    // Here npx would fetch the package of another project.
    [{ npm_command: 'exec', INIT_CWD: '/here' }, '/here', `node ${bin}`],
    [{ npm_command: 'start', INIT_CWD: '/elsewhere' }, '/here', `node ${bin}`],
    [{ PATH: '/nowhere' }, join(bin, '..', '..'), 'node bin/precursor.mjs'],
  ])('below %j in %s begins with %s', (env, folder, words) => {
    expect(invocation(env, folder)).toBe(words)
  })

  it('keeps the options that say which lake it is for, in words that a shell takes', () => {
    expect(commandLine('gaps', ['--lake', "it's here", 'query', 'x'])).toMatch(/ --lake 'it'\\''s here' gaps$/)
    expect(commandLine('--aws run', ['--aws', '--stack=Other'])).toMatch(/ --stack Other --aws run$/)
  })
})
