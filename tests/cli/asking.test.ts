/** Questions to a lake: any name, any ending, any type of column; a lake in any folder, read-only, or not there. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../core/engine.ts'
import { copyFolder, newFolder, writeInput } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'
import { hasShared, sharedPath } from '../support/shared-folder.ts'

const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,4,1,3,5\n'
const fill = (lake: string) =>
  precursor(lake, 'import', 'daily_bars', writeInput('bars.csv', bars), '--set', 'source=x')
const json = (lake: string, query: string) => JSON.parse(precursor(lake, 'query', query, '--format', 'json').stdout)
const csv = (lake: string, query: string) =>
  parse(precursor(lake, 'query', query, '--format', 'csv').stdout) as string[][]

let lake: string
beforeAll(() => {
  lake = newFolder()
  expect(fill(lake)).toMatchObject({ status: 0 })
})

describe('two columns of one name', () => {
  const query =
    'select a.session, b.session, a.close, b.close from latest_bars a join latest_bars b on b.symbol = a.symbol and b.session > a.session order by 1, 2'
  const names = ['session', 'session_1', 'close', 'close_1']
  const values = ['2025-11-19', '2025-11-20', 2, 3]

  it('both have their values in CSV, JSON and a table', () => {
    expect(csv(lake, query)).toEqual([names, values.map(String)])
    expect(json(lake, query)).toEqual([Object.fromEntries(names.map((name, i) => [name, values[i]]))])
    const { stdout } = precursor(lake, 'query', query)
    expect(stdout).toMatch(/session +│ session_1 +│ close +│ close_1/)
    expect(stdout).toMatch(/2025-11-19 +│ 2025-11-20 +│ 2 +│ 3/)
  })

  it('and in Parquet, under the same names', async () => {
    const file = join(newFolder(), 'rows.parquet')
    precursor(lake, 'query', query, '--format', 'parquet', '--output', file)
    const engine = await openEngine()
    const { columns, rows } = await engine.answer(`select * from '${file}'`)
    expect({ columns, rows }).toEqual({ columns: names, rows: [values] })
    engine.close()
  })

  it('a made name never meets one that is there', () => {
    expect(csv(lake, 'select 1 as a, 2 as a, 3 as a_1, 4 as "A"')).toEqual([
      ['a', 'a_1', 'a_1_1', 'A_2'],
      ['1', '2', '3', '4'],
    ])
  })

  it.skipIf(!hasShared)('the case of the shared folder', () => {
    const [head, ...rows] = csv(lake, sharedPath('cases', 'query-duplicate-names', 'q.sql'))
    expect(head).toEqual(names)
    expect(rows).toEqual([values.map(String)])
  })
})

describe('what stands after a query', () => {
  it.each(['select 1 as x\n-- end of file', '-- begin\nselect 1 as x /* end */ ;\r\n\n; -- end'])(
    '%j is not read',
    (query) => {
      const sql = writeInput('q.sql', query)
      expect(json(lake, sql)).toEqual([{ x: 1 }])
      const file = join(newFolder(), 'x.parquet')
      expect(precursor(lake, 'query', sql, '--format', 'parquet', '--output', file)).toMatchObject({ status: 0 })
    },
  )

  it('a comment inside of a text is a text', () => {
    expect(csv(lake, `select 'a -- b;' as "c -- d;", $$e -- f;$$ as g`)).toEqual([
      ['c -- d;', 'g'],
      ['a -- b;', 'e -- f;'],
    ])
  })

  it('nothing but a comment is wrong usage', () => {
    expect(precursor(lake, 'query', writeInput('q.sql', '-- nothing\n;'))).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/no query/),
    })
  })

  it.skipIf(!hasShared)('the case of the shared folder', () => {
    expect(json(lake, sharedPath('cases', 'query-trailing-comment', 'q.sql'))).toEqual([{ x: 1 }])
  })
})

describe('a text that is not one query', () => {
  const refused = (sql: string, reason: RegExp, ...more: string[]) =>
    expect(precursor(lake, 'query', sql, ...more)).toMatchObject({
      status: 64,
      stdout: '',
      stderr: expect.stringMatching(reason),
    })

  it.each(['select 1; select 2', 'select 1 as a;\n-- then\nselect 2 as b;'])('%j is refused', (sql) => {
    refused(sql, /the text holds several statements: ask one at a time/)
  })

  it('cannot leave the statement that writes Parquet', () => {
    const other = join(newFolder(), 'other.csv')
    const sql = `select 1 as a) to '${other}' (format csv); copy (select 2 as a`
    refused(sql, /several statements/, '--format', 'parquet', '--output', join(newFolder(), 'x.parquet'))
    expect(existsSync(other)).toBe(false)
  })

  it('writes no file, attaches none and changes nothing', () => {
    const file = join(newFolder(), 'file')
    for (const sql of [
      `copy (select 1) to '${file}'`,
      `/* a */ explain analyze copy (select 1) to '${file}'`,
      `attach '${file}' as other`,
      `export database '${file}'`,
      'drop view daily_bars',
      'create table x as select 1',
      'set threads = 1',
    ])
      refused(sql, /a query answers with rows, and \w+ does not: --output writes the rows to a file/)
    expect(existsSync(file)).toBe(false)
  })

  it('in another encoding is refused', () => {
    refused(writeInput('q.sql', Buffer.from("select 'é' as x", 'latin1')), /q\.sql is not text in UTF-8/)
  })

  it.each([
    [`select ';' as a, $tag$ x; -- y $tag$ as b, E'it\\'s; -- z' as c`, { a: ';', b: ' x; -- y ', c: "it's; -- z" }],
    ['(select 1 as a)', { a: 1 }],
    ['from (values (1)) t(a)', { a: 1 }],
    ["pivot (select 'x' as n, 1 as v) on n using sum(v)", { x: 1 }],
  ])('is told from one: %s', (sql, row) => {
    expect(json(lake, sql)).toEqual([row])
  })

  it.each(['describe latest_bars', 'summarize select 1 as x', 'show tables', 'explain select 1'])(
    'is told from one: %s',
    (sql) => {
      expect(precursor(lake, 'query', sql)).toMatchObject({ status: 0, stderr: '' })
    },
  )
})

it('every type of column has its text in CSV', () => {
  const texts: readonly (readonly [expression: string, text: string])[] = [
    ["interval '1' day", '1 day'],
    ["interval '-1' day", '-1 day'],
    ["interval '14 months 3 days 02:00:01.5'", '1 year 2 months 3 days 02:00:01.5'],
    ["timestamp '2025-11-20 09:30:00' - timestamp '2025-11-19 16:00:00'", '17:30:00'],
    ["time '09:30:00'", '09:30:00'],
    ["date 'infinity'", 'infinity'],
    ["timestamp '-infinity'", '-infinity'],
    ["date '2025-11-20'", '2025-11-20'],
    ["timestamp '2025-11-20 14:30:00'", '2025-11-20T14:30:00.000Z'],
    ["[date '2025-11-20']", '["2025-11-20"]'],
    ["{'every': interval '1' day}", '{"every":"1 day"}'],
    ['cast(9007199254740993 as bigint)', '9007199254740993'],
    ['cast(1.5 as decimal(10, 2))', '1.5'],
    ['cast(null as interval)', ''],
  ]
  const [, row] = csv(lake, `select ${texts.map(([expression]) => expression).join(', ')}`)
  expect(row).toEqual(texts.map(([, text]) => text))
})

describe('the folder of a lake', () => {
  it('cannot have a question mark in its path, and says so at once', () => {
    const folder = join(newFolder(), 'lake?')
    expect(precursor(folder, 'publish')).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('a path without it'),
    })
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    "it's a lake [old] *",
    'lake "what" %20',
    'year=1999',
    'year=last/symbol=B/close=7',
    'session=2020-01-02/source=y',
  ])('may be called %j: import, publish and query work', (name) => {
    const folder = join(newFolder(), name)
    expect(fill(folder)).toMatchObject({ status: 0 })
    expect(fill(folder)).toMatchObject({ status: 0 })
    expect(precursor(folder, 'publish')).toMatchObject({ status: 0 })
    expect(json(folder, 'select symbol, session, close, source from latest_bars order by 2')).toEqual([
      { symbol: 'A', session: '2025-11-19', close: 2, source: 'x' },
      { symbol: 'A', session: '2025-11-20', close: 3, source: 'x' },
    ])
    expect(json(folder, 'select count(*) as n from daily_bars where year = 2025')).toEqual([{ n: 2 }])
    expect(json(folder, 'select count(*) as n from daily_bars where year <> 2025')).toEqual([{ n: 0 }])
  })

  it.each([
    'query',
    'gaps',
    'timetable',
    'report',
    'site',
    'watch',
    'evaluate',
    'tag',
    'compute',
    'check',
    'publish',
    'rebuild',
  ])('must be there for %s, which says so and makes none', (command) => {
    const folder = join(newFolder(), 'nowhere')
    const result = precursor(folder, command, ...(command === 'query' ? ['select 1'] : []))
    expect(result).toMatchObject({
      status: 64,
      stdout: '',
      stderr: expect.stringMatching(/there is no lake at .*nowhere/),
    })
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['run', '--session', '2025-11-22'],
    ['run', '--source', 'nosuch'],
    ['backfill', '--from', 'May', '--to', '2025-11-20'],
    ['backfill', '--from', '2025-11-20', '--to', '2025-11-19'],
    ['ingest', 'nosuch'],
    ['ingest', '--session', '2025-11-27'],
    ['ingest', 'cboe_volatility', '--payload', '/nowhere'],
    ['import', 'daily_bars', '/nowhere.csv'],
    ['import', 'nosuch', 'x.csv'],
    ['restore', '/nowhere'],
  ])('is not left behind by wrong usage of a command that makes one: %s %s %s', (...args) => {
    const above = join(newFolder(), 'above')
    expect(precursor(join(above, 'lake'), ...args)).toMatchObject({ status: 64, stdout: '' })
    expect(existsSync(above)).toBe(false)
  })

  it('need not be there for doctor, which says that the lake is empty and makes no folder', () => {
    const folder = join(newFolder(), 'nowhere')
    expect(precursor(folder, 'doctor', '--offline').stdout).toMatch(/note +the lake is empty/)
    expect(existsSync(folder)).toBe(false)
  })

  it('that cannot be made is an error at once', () => {
    const file = writeInput('file', 'x')
    const impossible = [file, join(file, 'inside'), ...(existsSync('/proc/self') ? ['/proc/x', '/proc/x/y/z'] : [])]
    for (const folder of impossible)
      expect(fill(folder)).toMatchObject({
        status: 64,
        stderr: expect.stringMatching(/error: the lake .*(cannot be made|not a folder)/),
      })
  })

  describe('that is read-only', () => {
    let sealed: string
    const seal = (path: string) => {
      if (statSync(path).isDirectory()) for (const name of readdirSync(path)) seal(join(path, name))
      chmodSync(path, statSync(path).mode & ~0o222)
    }
    const unseal = (path: string) => {
      chmodSync(path, statSync(path).mode | 0o200)
      if (statSync(path).isDirectory()) for (const name of readdirSync(path)) unseal(join(path, name))
    }
    /** Root may write anywhere unless it gives that up. */
    const bound = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--'] : []
    const sealedOff = (...args: string[]) => {
      const [program = '', ...rest] = [...bound, process.execPath, bin, '--lake', sealed, ...args]
      const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', env: environment() })
      return { status, stdout, stderr }
    }

    it('answers queries and doctor, and stays as it was', () => {
      sealed = newFolder()
      copyFolder(lake, sealed)
      seal(sealed)
      const before = readdirSync(sealed, { recursive: true })
      try {
        expect(sealedOff('query', 'select close from latest_bars order by 1', '--format', 'csv')).toEqual({
          status: 0,
          stdout: 'close\n2\n3\n',
          stderr: '',
        })
        expect(sealedOff('doctor', '--offline')).toMatchObject({ status: 0, stderr: '' })
        expect(sealedOff('gaps')).toMatchObject({ status: 0 })
        expect(sealedOff('import', 'daily_bars', writeInput('b.csv', bars))).toMatchObject({ status: 1 })
        expect(readdirSync(sealed, { recursive: true })).toEqual(before)
      } finally {
        unseal(sealed)
      }
    })
  })
})

describe('a reader that has seen enough', () => {
  const piped = (command: string) => {
    const script = `"$NODE" "$BIN" --lake "$LAKE" ${command} 2>"$ERRORS" | head -1; echo "\${PIPESTATUS[0]}"`
    const errors = join(newFolder(), 'errors')
    const env = environment({ NODE: process.execPath, BIN: bin, LAKE: lake, ERRORS: errors })
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env })
    return { lines: stdout.trim().split('\n'), errors: readFileSync(errors, 'utf8') }
  }

  it.each([
    [`query "select x from range(300000) r(x)" --format csv`, 'x'],
    [`query "select x from range(300000) r(x)" --format json`, '['],
    ['doctor --offline', `ok    Node ${process.version}`],
    ['--help', 'Usage: precursor [options] <command>'],
  ])('of `%s` ends it quietly', (command, first) => {
    expect(piped(command)).toEqual({ lines: [first, '0'], errors: '' })
  })

  it('but an answer that cannot be written is an error', () => {
    if (!existsSync('/dev/full')) return
    const script = `"$NODE" "$BIN" --lake "$LAKE" query "select 1" > /dev/full`
    const env = environment({ NODE: process.execPath, BIN: bin, LAKE: lake })
    const { status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'the answer could not be written: the disk is full (ENOSPC)\n',
    })
  })
})

it('a lake that has lost an object says so beside its answer', () => {
  const folder = newFolder()
  copyFolder(lake, folder)
  rmSync(join(folder, 'silver', 'daily_bars', 'year=2025'), { recursive: true })
  expect(precursor(folder, 'query', 'select count(*) as n from latest_bars', '--format', 'csv')).toEqual({
    status: 0,
    stdout: 'n\n0\n',
    stderr: expect.stringMatching(
      new RegExp(
        `^silver/daily_bars/year=2025/data.parquet is damaged: it was written and is missing. Run \`node .*bin/precursor.mjs --lake ${folder} rebuild\`, which replaces it; until then its rows are missing\n$`,
      ),
    ),
  })
  expect(precursor(folder, 'query', 'select count(*) as n from earnings')).toMatchObject({ status: 0, stderr: '' })
})

it('a folder that holds files of others is left alone by a query', () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'notes'))
  writeFileSync(join(folder, 'notes', 'a.txt'), 'a')
  expect(json(folder, 'select count(*) as n from latest_bars')).toEqual([{ n: 0 }])
  expect(readFileSync(join(folder, 'notes', 'a.txt'), 'utf8')).toBe('a')
})
