/** The DuckDB file of a lake: a plain DuckDB answers from it after a move and a copy, and knows what the columns mean. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { described } from '../../../schemas/column.ts'
import { allRelations } from '../../../schemas/relations.ts'
import { copyFolder, newFolder, writeInput } from '../../support/lake.ts'
import { precursor } from '../../support/precursor.ts'

const library = fileURLToPath(import.meta.resolve('@duckdb/node-api'))
/** A client that knows nothing of the project. Its arguments are a database and statements; it prints the rows of the last one. */
const client = `
  const { DuckDBInstance } = await import(${JSON.stringify(library)})
  const [file, ...statements] = process.argv.slice(1)
  const connection = await (await DuckDBInstance.create(file)).connect()
  let reader
  for (const statement of statements) reader = await connection.runAndReadAll(statement)
  console.log(JSON.stringify(reader.getRowsJson()))`
const ask = (folder: string, file: string, ...statements: string[]) => {
  const args = ['--input-type=module', '--eval', client, file, ...statements]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return stderr || JSON.parse(stdout)
}

const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,4,1,3,5\n'
const closes = 'select session, close from latest_bars order by 1'
const rows = [
  ['2025-11-19', 2],
  ['2025-11-20', 3],
]

let lake: string
beforeAll(() => {
  lake = newFolder()
  precursor(lake, 'import', 'daily_bars', writeInput('bars.csv', bars), '--set', 'source=x')
  expect(precursor(lake, 'publish')).toMatchObject({ status: 0 })
})

const copyTo = (name: string): string => {
  const copy = join(newFolder(), name)
  mkdirSync(join(copy, '..'), { recursive: true })
  copyFolder(lake, copy)
  return copy
}

describe('lake.duckdb', () => {
  it('answers in its folder, from another folder, and by a relative path', () => {
    const file = join(lake, 'lake.duckdb')
    expect(ask(newFolder(), file, closes)).toEqual(rows)
    expect(ask(lake, 'lake.duckdb', closes)).toEqual(rows)
    expect(ask(join(lake, 'silver'), '../lake.duckdb', closes)).toEqual(rows)
  })

  it('answers after a copy was moved to a folder with any name, from the files of the copy', () => {
    const first = copyTo('first')
    const second = join(first, '..', 'second')
    renameSync(first, second)
    precursor(
      second,
      'import',
      'daily_bars',
      writeInput('c.csv', bars.replaceAll('A,', 'B,').replaceAll('2025', '2024')),
      '--set',
      'source=x',
    )
    precursor(second, 'publish')
    const third = join(first, '..', "it's a lake [old] *")
    renameSync(second, third)
    expect(ask(newFolder(), join(third, 'lake.duckdb'), 'select distinct symbol from latest_bars order by 1')).toEqual([
      ['A'],
      ['B'],
    ])
    expect(ask(newFolder(), join(lake, 'lake.duckdb'), 'select distinct symbol from latest_bars')).toEqual([['A']])
  })

  it('answers under another name from where it was published', () => {
    const file = join(newFolder(), 'x.duckdb')
    cpSync(join(lake, 'lake.duckdb'), file)
    expect(ask(newFolder(), file, closes)).toEqual(rows)
    expect(ask(newFolder(), file, 'select count(*) from crash_precursors')).toEqual([['0']])
  })

  it('that is attached after a move answers if the variable lake_folder names its folder', () => {
    const moved = join(newFolder(), 'moved')
    renameSync(copyTo('first'), moved)
    const attach = `attach '${join(moved, 'lake.duckdb')}' as lake (read_only)`
    const statements = [attach, `set variable lake_folder = '${moved}'`, closes.replace('latest', 'lake.latest')]
    expect(ask(newFolder(), ':memory:', ...statements)).toEqual(rows)
    expect(ask(newFolder(), ':memory:', ...statements, 'select lake.main.lake_folder()')).toEqual([[`${moved}/`]])
  })

  it('has the meaning of every table, view and column as a comment; instants say that they are UTC', () => {
    const comments = ask(
      lake,
      'lake.duckdb',
      'select table_name, column_name, comment from duckdb_columns() where not internal and comment is not null',
    ) as [string, string, string][]
    const declared = allRelations.flatMap(({ name, columns }) =>
      Object.entries(columns).map(([column, each]) => [name, column, described(each)]),
    )
    expect(comments.map((each) => each.join('\n')).sort()).toEqual(declared.map((each) => each.join('\n')).sort())
    expect(comments.find(([name, column]) => name === 'daily_bars' && column === 'known_at')![2]).toMatch(
      /Unit: UTC\.$/,
    )
    const views = ask(lake, 'lake.duckdb', 'select view_name, comment from duckdb_views() where comment is not null')
    expect(new Map(views)).toEqual(new Map(allRelations.map(({ name, doc }) => [name, doc])))
  })
})
