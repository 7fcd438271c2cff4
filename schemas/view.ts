/** A SQL view: one text that DuckDB and Athena (Trino) both run. References in it are its lineage. */
import { type Columns, sqlTypeName } from './column.ts'
import type { Table } from './table.ts'

export interface View<C extends Columns = Columns> {
  readonly kind: 'view'
  readonly name: string
  readonly doc: string
  readonly grain: readonly string[]
  readonly columns: C
  readonly sql: Sql
  /** `label` views look forward and are never read by a precursor view. */
  readonly role: 'precursor' | 'fact' | 'label'
  /** Published as one Parquet object under mart/. */
  readonly mart: boolean
  /** Kept as Parquet by year, because the whole panel is too much for every query; still defined by its SQL alone. */
  readonly materialized?: Materialized
}

export interface Materialized {
  /** Column whose year names the Parquet object. */
  readonly yearOf: string
  /** Calendar days before a year that its rows can depend on. */
  readonly daysBack: number
  /** Years that fit the engine's memory at once; all of them without it. */
  readonly yearsAtOnce?: number
  /** Rows per group of the Parquet object; small where single symbols are asked for. */
  readonly rowGroup?: number
}

export type Relation = Table | View

/** SQL text with the relations it reads. */
export class Sql {
  constructor(
    readonly text: string,
    readonly reads: readonly Relation[],
  ) {}
}

type Part = Relation | Sql | number | readonly Sql[]

/** Tagged template: a table or view becomes its name, a fragment its text, a number a literal. */
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

/** Trusted text, such as a column name that comes from a declaration. */
export const raw = (text: string): Sql => new Sql(text, [])

interface Declaration<C extends Columns> {
  name: string
  doc: string
  grain: readonly (keyof C & string)[]
  columns: C
  sql: Sql
  role?: View['role']
  mart?: boolean
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

/** The author's query inside an explicit column list with casts, which pins the types on both engines. */
export const renderView = (view: View): string => {
  const columns = Object.entries(view.columns).map(
    ([name, column]) => `  cast(${name} as ${sqlTypeName(column.type)}) as ${name}`,
  )
  return `select\n${columns.join(',\n')}\nfrom (\n${view.sql.text.replace(/^/gm, '  ')}\n) as definition`
}

/** Items so ordered that each comes after those that it needs. */
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

/** Views so ordered that each comes after what it reads. */
export const inDependencyOrder = (views: readonly View[]): View[] =>
  inOrder(views, (view) => view.sql.reads.filter((read) => read.kind === 'view'))

/** The relations with objects of their own among and below these: tables, and views that are materialized. */
export const storedUnder = (relations: readonly Relation[]): Relation[] => [
  ...new Set(
    relations.flatMap((relation) => (isStored(relation) ? [relation] : storedUnder((relation as View).sql.reads))),
  ),
]

export const isStored = (relation: Relation): boolean =>
  relation.kind === 'table' || relation.materialized !== undefined

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
