/** A SQL view: one text that both DuckDB and Athena (Trino) run. The references in it are its lineage. */
import { type Columns, sqlTypeName } from './column.ts'
import type { Table } from './table.ts'

export interface View<C extends Columns = Columns> {
  readonly kind: 'view'
  readonly name: string
  readonly doc: string
  readonly grain: readonly string[]
  readonly columns: C
  readonly sql: Sql
  /** `label` views look forward. A precursor view never reads them. */
  readonly role: 'precursor' | 'fact' | 'label'
  /** True if the view is published as one Parquet object under mart/. */
  readonly mart: boolean
  /**
   * For the mart of a fact view: tables and stored views of which a row depends on no object of a year after its own. A change of any
   * object of the other ones makes all years of the mart stale.
   */
  readonly notAhead?: readonly Relation[]
  /** Stored as Parquet by year, because its SQL is too slow to run in every query. The SQL alone defines its rows. */
  readonly materialized?: Materialized
  /**
   * True for a view of few rows whose rows work with many questions holds. Each window and each group below another one doubles
   * the time in which DuckDB plans a query, so that views with several of them are read over rows.
   */
  readonly isHeld?: boolean
}

export interface Materialized {
  /** Column whose year names the Parquet object. */
  readonly yearOf: string
  /** Number of calendar days before a year on which the rows of that year can depend. */
  readonly daysBack: number
  /** Number of years that are computed at once, because of the engine's memory. Default: all years. */
  readonly yearsAtOnce?: number
  /** Rows per row group of the Parquet object. Small groups help queries for single symbols. */
  readonly rowGroup?: number
  /**
   * For a view with a row for each row of the first relation that it reads, whose only windows over them are `oneSeries`: the most rows
   * before a row that it depends on. Its objects are then made from rows that were sorted once, and no window sorts them again.
   */
  readonly rowsBack?: number
  /**
   * True if the rows of a day depend on no row outside of the `daysBack` days up to it, by the column that names the year of each
   * relation. Then only days whose inputs changed are computed again. Needs one year at once.
   */
  readonly isByDay?: boolean
  /**
   * True if it may have rows of a year in which the first stored relation that it reads has none. Its years are then those of all that it
   * reads. Otherwise they are those of the first one, and while that has no rows at all, queries take the view as empty and do not run its
   * SQL, which for a long one takes seconds.
   */
  readonly outlivesFirst?: boolean
  /** SQL of the embedded engine alone that gives the same rows, byte for byte, in less time. It reads the same relations. */
  readonly embedded?: Sql
  /** True if its SQL, with the views below it, is a plan of more than the 150 stages that Athena allows. */
  readonly isTooLongForAthena?: boolean
}

export type Relation = Table | View

/** SQL text and the relations that it reads. */
export class Sql {
  constructor(
    readonly text: string,
    readonly reads: readonly Relation[],
  ) {}
}

type Part = Relation | Sql | number | readonly Sql[]

/** Tagged template for SQL. A table or view is replaced by its name, a fragment by its text, a number by a literal. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly Part[]): Sql => {
  const reads: Relation[] = []
  const text = parts.reduce<string>((sofar, part, i) => sofar + render(part, reads) + strings[i + 1], strings[0] ?? '')
  return new Sql(dedent(text), [...new Set(reads)])
}

const render = (part: Part, reads: Relation[]): string => {
  if (typeof part === 'number') return String(part)
  if (Array.isArray(part)) return part.map((each) => render(each, reads)).join('')
  if (part instanceof Sql) {
    reads.push(...part.reads)
    return part.text
  }
  reads.push(part as Relation)
  return (part as Relation).name
}

const dedent = (text: string): string => {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n')
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...indents)
  return lines.map((line) => line.slice(margin)).join('\n')
}

/** Joins fragments with a separator: `join(names.map(raw), ', ')`. */
export const join = (parts: readonly Sql[], separator: string): Sql =>
  new Sql(parts.map((part) => part.text).join(separator), [...new Set(parts.flatMap((part) => part.reads))])

/** A SQL string literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** String literals, comma-separated, as after `in`. */
export const literals = (values: readonly string[]): Sql => raw(values.map(quoted).join(', '))

/** SQL text that is inserted without escaping, such as a column name of a declaration. */
export const raw = (text: string): Sql => new Sql(text, [])

interface Declaration<C extends Columns> {
  name: string
  doc: string
  grain: readonly (keyof C & string)[]
  columns: C
  sql: Sql
  role?: View['role']
  mart?: boolean
  notAhead?: readonly Relation[]
  isHeld?: boolean
  materialized?: Materialized & { readonly yearOf: keyof C & string }
}

/** A precursor view would read what its own evening could not know. */
export class LookAheadError extends Error {
  override readonly name = 'LookAheadError'
}

/** A precursor view reads tables and other precursor views only, so that nothing below it looks ahead either. */
export const defineView = <const C extends Columns>(view: Declaration<C>): View<C> => {
  const role = view.role ?? (view.name.startsWith('label_') ? 'label' : 'precursor')
  if ((role === 'label') !== view.name.startsWith('label_')) throw new Error(`${view.name}: labels are named label_…`)
  const ahead = view.sql.reads.find((read): read is View => read.kind === 'view' && read.role !== 'precursor')
  if (role === 'precursor' && ahead)
    throw new LookAheadError(
      `${view.name} is a precursor view and reads ${ahead.name}, a ${ahead.role} view, which shows what became known later. Read the tables or the precursor views below it, or declare ${view.name} as a fact view.`,
    )
  return { kind: 'view', mart: false, ...view, role }
}

/** The query of a view inside an explicit column list with casts, which fixes the types on both engines. */
export const renderView = (view: View): string => {
  const columns = Object.entries(view.columns).map(
    ([name, column]) => `  cast(${name} as ${sqlTypeName(column.type)}) as ${name}`,
  )
  return `select\n${columns.join(',\n')}\nfrom (\n${view.sql.text.replace(/^/gm, '  ')}\n) as definition`
}

/** Sorts items so that each comes after the items that it needs. */
export const inOrder = <T>(items: readonly T[], needs: (item: T) => readonly T[]): T[] => {
  const ordered: T[] = []
  const visit = (item: T) => {
    if (ordered.includes(item)) return
    needs(item).forEach(visit)
    ordered.push(item)
  }
  items.forEach(visit)
  return ordered
}

/** Sorts views so that each comes after the views that it reads. */
export const inDependencyOrder = (views: readonly View[]): View[] =>
  inOrder(views, (view) => view.sql.reads.filter((read) => read.kind === 'view'))

/** The views that run their SQL when these relations are read: those that are not stored. */
export const evaluatedUnder = (relations: readonly Relation[]): View[] => {
  const found = new Set<View>()
  const visit = (relation: Relation) => {
    if (isStored(relation) || found.has(relation as View)) return
    found.add(relation as View)
    ;(relation as View).sql.reads.forEach(visit)
  }
  relations.forEach(visit)
  return [...found]
}

/** The SQL of a view, and of the views below it that run with it. */
export const renderWithBelow = (view: View): string =>
  [view, ...evaluatedUnder(view.sql.reads)].map(renderView).join('\n')

/** The relations with stored objects (tables and materialized views) among these relations and everything they read. */
export const storedUnder = (relations: readonly Relation[]): Relation[] => [
  ...new Set(
    relations.flatMap((relation) => (isStored(relation) ? [relation] : storedUnder((relation as View).sql.reads))),
  ),
]

export const isStored = (relation: Relation): boolean =>
  relation.kind === 'table' || relation.materialized !== undefined

/** Whether its objects hold a session each. Those of other relations hold a year. */
export const isStoredBySession = (relation: Relation): relation is Table =>
  relation.kind === 'table' && relation.partition === 'session'

/** These relations, and every table and view that they read, directly or through others. */
export const withAllBelow = (relations: readonly Relation[]): Relation[] => {
  const all = new Set<Relation>()
  const visit = (relation: Relation) => {
    if (all.has(relation)) return
    all.add(relation)
    if (relation.kind === 'view') relation.sql.reads.forEach(visit)
  }
  relations.forEach(visit)
  return [...all]
}

/** Every table and view that a view reads, directly or through others. */
export const lineageOf = (view: View): Relation[] => withAllBelow(view.sql.reads)
