/** The shell of `precursor sql`: statements over lines, commands, suggestions, completion, records. */
import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { completionsOf } from '../../cli/shell/completion.ts'
import { openShell, type ShellOptions } from '../../cli/shell/shell.ts'
import type { Answer } from '../../core/engine.ts'
import { newFolder, writeInput } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'
import { hasTerminal, inTerminal } from '../support/terminal.ts'

const echoing = (more: Partial<ShellOptions> = {}) => {
  const asked: { statement: string; asOf: string | undefined }[] = []
  let milliseconds = 0
  const shell = openShell({
    ask: async (statement, asOf): Promise<Answer> => {
      asked.push({ statement, asOf: asOf?.toISOString() })
      return { columns: ['session', 'close'], rows: [['2025-11-20', 6538.76]] }
    },
    clock: () => {
      milliseconds += 250
      return milliseconds
    },
    width: () => 80,
    ...more,
  })
  return { shell, asked }
}

describe('a statement', () => {
  it('ends with a semicolon or an empty line, may take several lines, and is timed', async () => {
    const { shell, asked } = echoing()
    expect(await shell.take('select close')).toBe('')
    expect(shell.prompt()).toBe('      -> ')
    expect(await shell.take('from latest_bars;')).toMatch(/2025-11-20 │ 6538\.76.*1 row\n0\.250 s\n$/s)
    await shell.take('select 1')
    await shell.take('')
    expect(asked.map(({ statement }) => statement)).toEqual(['select close\nfrom latest_bars', 'select 1'])
  })

  it('may be the name of a saved query', async () => {
    const { shell, asked } = echoing()
    await shell.take('lit_since')
    expect(asked[0]!.statement).toContain('precursor_signals')
  })

  it('that is not known names the nearest saved query; one that writes is refused', async () => {
    const { shell } = echoing()
    expect(await shell.take('lit_signal;')).toBe('no saved query lit_signal; did you mean lit_signals?\n')
    expect(await shell.take('drop view daily_bars;')).toMatch(/a query answers with rows/)
    expect(await shell.take("copy daily_bars to 'x.csv';")).toMatch(/COPY does not: the shell only reads/)
  })

  it('has an answer that is paged by its width; other texts are paged by their height alone, and errors not at all', async () => {
    const { shell } = echoing()
    const by = []
    for (const line of ['select 1;', '\\h', '\\d daily_bars', 'drop view x;', '\\pager', 'select 1;']) {
      await shell.take(line)
      by.push(shell.pagedBy())
    }
    expect(by).toEqual(['size', 'height', 'height', undefined, undefined, undefined])
  })

  it('of a table that is not there names the nearest', async () => {
    const ask = () => Promise.reject(new Error('Catalog Error: Table with name lit_signal does not exist!'))
    const { shell } = echoing({ ask })
    expect(await shell.take('select * from lit_signal;')).toBe(
      'no table or view lit_signal; did you mean lit_signals, a saved query?\n',
    )
  })
})

describe('a command of the shell', () => {
  it('sets the instant, the form, records and timing', async () => {
    const { shell, asked } = echoing()
    expect(await shell.take('\\asof 2025-11-20T13:29:59Z')).toBe('as of 2025-11-20T13:29:59.000Z\n')
    expect(await shell.take('\\timing')).toBe('timing off\n')
    expect(await shell.take('\\format csv')).toBe('format csv\n')
    expect(await shell.take('select 1;')).toBe('session,close\n2025-11-20,6538.76\n')
    expect(await shell.take('\\format table')).toBe('format table\n')
    expect(await shell.take('\\records on')).toBe('records on\n')
    expect(await shell.take('select 1;')).toBe('row 1\n  session  2025-11-20\n  close    6538.76\n1 row\n')
    expect(await shell.take('\\asof')).toBe('as of now\n')
    expect(asked[0]!.asOf).toBe('2025-11-20T13:29:59.000Z')
  })

  it('shows tables, columns and saved queries, and ends the shell', async () => {
    const { shell } = echoing()
    expect(await shell.take('\\d')).toContain('crash_precursors')
    expect(await shell.take('\\d daily_bars')).toMatch(/Grain: .*close/s)
    expect(await shell.take('\\d daily_bar')).toContain('did you mean daily_bars?')
    expect(await shell.take('\\saved')).toContain('lit_since')
    expect(await shell.take('\\x')).toBe('no command \\x; \\h lists them\n')
    expect(await shell.take('\\q')).toBeUndefined()
  })
})

it('a row that is wider than the terminal is shown as a record', async () => {
  const { shell } = echoing({ width: () => 20 })
  expect(await shell.take('select 1;')).toMatch(/^row 1\n/)
})

describe('completion', () => {
  it.each([
    ['select * from precursor_sc', ['precursor_score']],
    ['\\d precursor_sc', ['precursor_score']],
    ['lit_si', ['lit_signals', 'lit_since']],
    ['select vix_cl from volatility_regime where vix_cl', ['vix_close', 'vix_close_percentile']],
    ['\\as', ['\\asof']],
    ['select ', []],
  ])('of %j begins with %j', (line, found) => {
    const [completions] = completionsOf(line)
    expect(completions.slice(0, found.length)).toEqual(found.filter((each) => completions.includes(each)))
    if (found.length) expect(completions[0]).toBe(found[0])
    else expect(completions).toEqual([])
  })
})

describe('in a pipe', () => {
  let lake: string
  beforeAll(() => {
    lake = newFolder()
    const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,4,1,3,5\n'
    precursor(lake, 'import', 'daily_bars', writeInput('bars.csv', bars), '--set', 'source=x')
  })

  it('answers statements one after another, and the last one without a semicolon', () => {
    const input =
      '\\timing\n\\format csv\nselect max(session) as s from latest_bars;\nselect count(*) as n\nfrom latest_bars'
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--lake', lake, 'sql'], {
      input,
      encoding: 'utf8',
      env: environment(),
    })
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'timing off\nformat csv\ns\n2025-11-20\nn\n2\n',
      stderr: '',
    })
  })

  it('needs a lake that is there', () => {
    expect(precursor(`${lake}-nowhere`, 'sql')).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/there is no lake at/),
    })
  })
})

describe.skipIf(!hasTerminal)('in a terminal (needs Python)', () => {
  let lake: string
  let home: string
  beforeAll(() => {
    lake = newFolder()
    home = newFolder()
    const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,4,1,3,5\n'
    precursor(lake, 'import', 'daily_bars', writeInput('bars.csv', bars), '--set', 'source=x')
  })
  /** Every step waits for its text; the prompt is there again after each answer. */
  const shell = (...steps: (readonly [wanted: string, keys: string])[]) =>
    inTerminal([process.execPath, bin, '--lake', lake, 'sql'], [...steps, ['precursor> ', '\\q\r']], {
      env: environment({ HOME: home, PRECURSOR_HISTORY: '', PRECURSOR_PAGER: "sed 's/^/paged: /'", LESS: '' }),
    })

  it('completes names, folds wide rows to records, shows long and wide answers by the pager, and stops a statement', () => {
    const shown = shell(
      ['precursor> ', 'select close fr\t latest_b\t limit 1;\r'],
      ['1 row', 'select * from latest_bars;\r'],
      ['2 rows', '\\records off\r'],
      ['records off', 'select * from latest_bars;\r'],
      ['paged: 2 rows', 'select unnest(range(30)) as n;\r'],
      ['paged: 30 rows', 'select nothing from latest_bars;\r'],
      ['Binder Error', 'select count(*) from range(1000000000000);\r'],
      ['range(1000000000000);', '\u0003'],
      ['stopped', ''],
    )
    expect(shown).toContain('select close from latest_bars limit 1;')
    expect(shown).toMatch(/^paged: row 1\npaged: {3}symbol +A$/m)
    expect(shown).toMatch(/^paged: │ symbol │ session /m)
    expect(shown).not.toMatch(/^paged: .*Binder Error/m)
    expect(shown).toMatch(/stopped\n/)
    expect(shown).toMatch(/^\d+\.\d{3} s$/m)
  })

  it('remembers the lines of an earlier session', () => {
    shell(['precursor> ', "select 'kept' as word;\r"], ['1 row', ''])
    const shown = shell(['precursor> ', '\u001b[A\u001b[A\r'], ['1 row', ''])
    expect(shown).toMatch(/│ kept │/)
  })
})
