/** One query on both engines, cell by cell. */
import { join } from 'node:path'
import { AthenaClient, GetQueryResultsCommand } from '@aws-sdk/client-athena'
import { openAthena } from '../../adapters/athena/client.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { newFolder } from '../support/lake.ts'
import type { Deployed } from './deployment.ts'

/** What Athena calls the types of the embedded engine. */
const athenaTypes: Readonly<Record<string, string>> = {
  VARCHAR: 'varchar',
  DATE: 'date',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP: 'timestamp',
  DOUBLE: 'double',
  BIGINT: 'bigint',
  INTEGER: 'integer',
  BOOLEAN: 'boolean',
}

/** Doubles agree to this much of their size, or, where nearly equal numbers were subtracted, of the largest in their column. */
const ofValue = 1e-9
const ofColumn = 1e-12

const differs = (name: string, type: string) => {
  const [ours, theirs] = [`o."${name}"`, `t."${name}"`]
  if (type !== 'DOUBLE') return `${ours} is distinct from ${theirs}`
  const size = `(select max(abs("${name}")) from main.ours where isfinite("${name}"))`
  return `${ours} is distinct from ${theirs} and coalesce(not (abs(${ours} - ${theirs}) <= greatest(${ofValue} * abs(${ours}), ${ofColumn} * ${size})), true)`
}

interface Column {
  readonly name: string
  readonly type: string
}

/** What Athena gives: its types, and a file with the rows, in which text is quoted and NULL is empty. */
export interface Answer {
  readonly columns: readonly Column[]
  readonly file: string
}

export interface Sides {
  readonly lake: Lake
  readonly onAthena: (sql: string) => Promise<Answer>
}

/** Asks a deployment through the API of Athena. Every view below the query is evaluated with it. */
export const throughApi =
  (deployed: Deployed): Sides['onAthena'] =>
  async (sql) => {
    const { id, output } = await openAthena(deployed).execute(sql)
    const file = join(newFolder(), 'answer.csv')
    await deployed.fetch(output!, file)
    return { columns: await columnsOf(id), file }
  }

/** Loads both answers, as `main.ours` and `main.theirs`. Says where names, types, order of columns or counts of rows differ. */
const load = async (
  { lake: { engine }, onAthena }: Sides,
  sql: string,
  sqlOnAthena: string,
): Promise<{ readonly columns: readonly Column[]; readonly faults: readonly unknown[] }> => {
  const { columns: found, file } = await onAthena(sqlOnAthena)
  const columns = await engine.columnsOf(sql)
  const expected = columns.map(({ name, type }) => ({ name, type: athenaTypes[type] ?? type }))
  if (JSON.stringify(found) !== JSON.stringify(expected)) return { columns, faults: [{ columns: { found, expected } }] }

  const typed = columns.map(({ name, type }) => `'${name}': '${type}'`).join(', ')
  // In quotes it is text, without them NULL.
  const format = `header = true, nullstr = '', allow_quoted_nulls = false, quote = '"', escape = '"', delim = ',', auto_detect = false, strict_mode = true, parallel = false`
  await engine.run(
    `create or replace table main.theirs as select row_number() over () as place, * from read_csv('${file}', columns = {${typed}}, ${format})`,
  )
  await engine.run(`create or replace table main.ours as select row_number() over () as place, * from (${sql})`)
  const [counts] = await engine.rows(
    'select (select count(*) from main.ours) as duckdb, (select count(*) from main.theirs) as athena',
  )
  return { columns, faults: counts?.duckdb === counts?.athena ? [] : [{ rows: counts }] }
}

/** What the engines disagree about: names, types and order of columns, the count of rows, the first cell of each column. */
export const disagreements = async (sides: Sides, sql: string, sqlOnAthena = sql): Promise<readonly unknown[]> => {
  const { columns, faults } = await load(sides, sql, sqlOnAthena)
  if (faults.length) return faults
  const { engine } = sides.lake
  const both = 'from main.ours o join main.theirs t on t.place = o.place'
  const tests = columns.map(({ name, type }) => `count(*) filter (where ${differs(name, type)}) as "${name}"`)
  const [bad] = await engine.rows<Record<string, number>>(`select ${tests.join(', ')} ${both}`)
  const cells = columns.filter(({ name }) => bad![name]! > 0)
  return Promise.all(
    cells.map(async ({ name, type }) => {
      const [first] = await engine.rows(
        `select o.*, t."${name}" as on_athena ${both} where ${differs(name, type)} order by o.place limit 1`,
      )
      return { column: name, rowCount: bad![name], first }
    }),
  )
}

const columnsOf = async (QueryExecutionId: string): Promise<readonly Column[]> => {
  const { ResultSet } = await new AthenaClient({}).send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1 }))
  return (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name, Type }) => ({ name: Name!, type: Type! }))
}
