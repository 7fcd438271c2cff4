/**
 * The contents of the objects that will be written: the number of rows, and the values of text columns with few values. Such a column is
 * sorted and written by the numbers of its values. The engine would hash the text of each row otherwise, which takes longer than
 * the encoding of a double.
 */
import { type Engine, quoted } from '../../core/engine.ts'
import type { Table } from '../../schemas/table.ts'
import { type Partition, type Partitioned, partitionOf } from './partitions.ts'

/** A relation with the rows of a table, but for columns that SQL makes of its other ones. They are put in after sorting. */
export interface Unfinished {
  readonly relation: string
  /** Columns that are not in the table, from which the late ones are made. There is at least one if a column is late. */
  readonly helpers: readonly string[]
  /** The SQL of each column that the relation does not have. Long texts that are the same for many rows would slow the sort down. */
  readonly late: Readonly<Record<string, string>>
  /** Columns that sort the rows as the grain does. Default: the grain. */
  readonly order?: readonly string[]
}

export interface Contents {
  readonly rows: number
  /** The values of each coded column. A column without one value, or with very many, is missing. */
  readonly values: ReadonlyMap<string, Values>
}

interface Values {
  /** Sorted by their bytes. */
  readonly given: readonly string[]
  readonly hasNull: boolean
}

type Coded = Partitioned & Partial<Pick<Table, 'coded'>>

/** A column of text with more values is not coded. */
const mostValues = 4096

/** The contents of each object that the rows of a relation belong to. */
export const contentsOf = async (
  engine: Engine,
  table: Coded,
  { relation, helpers, late }: Unfinished,
): Promise<ReadonlyMap<Partition, Contents>> => {
  const coded = table.coded ?? []
  if (coded.length === 0) {
    const counts = await engine.rows<{ p: Partition; n: number }>(
      `select ${partitionOf(table)} as p, count(*) as n from ${relation} group by p`,
    )
    return new Map(counts.map(({ p, n }) => [p, { rows: n, values: new Map() }]))
  }
  // With helpers the relation is a view, whose rows take long to count.
  if (helpers.length === 0 && (await hasFew(engine, relation))) return fewContents(engine, table, coded, relation)
  const present = coded.filter((name) => !(name in late))
  // A late column is made of the helpers, so that their combinations give its values.
  const makers = coded.length > present.length ? helpers : []
  const columns = [...present, ...makers]
  const sets = [...present.map((name) => `(p, ${name})`), ...(makers.length ? [`(p, ${makers.join(', ')})`] : [])]
  const rows = `select ${[`${partitionOf(table)} as p`, ...columns].join(', ')}, 1 as n from ${relation}`
  // With few payloads there are few combinations of all columns. They are found in one look, and then grouped by each column.
  const combined = makers.length ? `select * exclude (n), count(*) as n from (${rows}) group by all` : rows
  const grouped = `
    select p, ${[...columns, ''].join(', ')}cast(sum(n) as bigint) as n${columns.map((name) => `, grouping(${name}) as not_by_${name}`).join('')}
    from (${combined}) group by grouping sets (${[...sets, '(p)'].join(', ')})`
  const isTotal = ['true', ...columns.map((name) => `not_by_${name} = 1`)].join(' and ')
  const valuesOf = (name: string) => {
    const value = late[name] ?? name
    return `
    select p, ${quoted(name)} as name, 0 as n, coalesce(bool_or(${value} is null), false) as has_null,
           list_sort(list(distinct cast(${value} as varchar)) filter (where ${value} is not null)) as "values"
    from grouped where not_by_${name in late ? makers[0] : name} = 0 group by p having count(*) <= ${mostValues}`
  }
  const found = await engine.rows<{
    p: Partition
    name: string | null
    n: number
    has_null: boolean
    values: readonly string[] | null
  }>(
    `with grouped as materialized (${grouped})
     ${[...coded.map(valuesOf), `select p, null, n, null, null from grouped where ${isTotal}`].join('\nunion all ')}`,
  )
  const contents = new Map<Partition, { rows: number; values: Map<string, Values> }>()
  for (const { p, name, n, has_null, values } of found) {
    const one = contents.get(p) ?? { rows: 0, values: new Map() }
    contents.set(p, one)
    one.rows += n
    if (name && values?.length) one.values.set(name, { given: values, hasNull: has_null })
  }
  return contents
}

const hasFew = async (engine: Engine, relation: string): Promise<boolean> => {
  const [found] = await engine.rows<{ n: number }>(`select count(*) as n from ${relation}`)
  return (found?.n ?? 0) <= mostValues
}

/** The same for few rows, in which no column has too many values. */
const fewContents = async (
  engine: Engine,
  table: Coded,
  coded: readonly string[],
  relation: string,
): Promise<ReadonlyMap<Partition, Contents>> => {
  const looks = coded.map(
    (name) =>
      `list_sort(list(distinct cast(${name} as varchar)) filter (where ${name} is not null)) as given_${name}, bool_or(${name} is null) as no_${name}`,
  )
  const found = await engine.rows<{ p: Partition; n: number } & Record<string, readonly string[] | boolean | null>>(
    `select ${[`${partitionOf(table)} as p`, 'count(*) as n', ...looks].join(', ')} from ${relation} group by p`,
  )
  const valuesOf = (row: (typeof found)[number]) =>
    new Map(
      coded.flatMap((name) => {
        const given = row[`given_${name}`] as readonly string[] | null
        return given?.length ? [[name, { given, hasNull: row[`no_${name}`] === true }] as const] : []
      }),
    )
  return new Map(found.map((row) => [row.p, { rows: row.n, values: valuesOf(row) }]))
}

/** The SQL type of each column that is coded in an object. It depends on the rows of the object alone, and so do its bytes. */
export const codesOf = (contents: Contents | undefined): ReadonlyMap<string, string> =>
  new Map([...(contents?.values ?? [])].map(([name, { given }]) => [name, `enum (${given.map(quoted).join(', ')})`]))

/** The columns that have the same value in all rows of an object, as SQL. */
export const constantsIn = (contents: Contents | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...(contents?.values ?? [])].flatMap(([name, { given, hasNull }]) =>
      given.length === 1 && !hasNull ? [[name, quoted(given[0]!)]] : [],
    ),
  )
