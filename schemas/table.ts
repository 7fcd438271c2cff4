/** A silver table: one declaration from which row type, Parquet, catalog, dictionary and checks are derived. */
import { type Columns, date, type RowOf, string, timestamp } from './column.ts'

/** When a row of this table is assumed to have become public, if nobody saw it appear. */
export type Lag =
  | { readonly kind: 'after_close'; readonly minutes: number }
  /** 08:00 New York of the next session. */
  | { readonly kind: 'next_morning' }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'fetched' }

/** Every silver row says who told us, when it became known and how we know that. */
export const knowledge = {
  source: string('Source that reported the row.', { default: 'import' }),
  known_at: timestamp('First instant at which a reader could have had this row.'),
  known_basis: string(
    '`observed`: we saw it appear. `published`: the provider proves it. `assumed`: session close plus the declared lag.',
  ),
  known_session: date('First session whose evening cut (20:00 New York) is not before known_at.'),
  fetched_at: timestamp('When we downloaded it.'),
  bronze_key: string.nullable('Bronze object that holds the bytes; NULL for rows that the pipeline derives.'),
} as const

export const stampedColumns = Object.keys(knowledge) as (keyof typeof knowledge)[]

export interface Invariant {
  readonly name: string
  /** SQL over one row; the row is rejected unless it is true or NULL. */
  readonly sql: string
}

export interface Table<C extends Columns = Columns> {
  readonly kind: 'table'
  readonly name: string
  readonly doc: string
  /** Columns that identify a row, in sort order. `known_at` among them makes the table keep vintages. */
  readonly grain: readonly string[]
  /** Column whose year names the Parquet object. */
  readonly yearOf: string
  readonly columns: C
  readonly invariants: readonly Invariant[]
  /** Default publication lag, for imports and for sources that declare none. */
  readonly lag: Lag
  /** Order vintages by the provider's own publication instant instead of by our download. */
  readonly vintagesBy: 'fetched_at' | 'published_at'
  /** Columns that jump by a factor only when something is wrong: a row ten times its neighbours on both sides is rejected. */
  readonly steady: readonly string[]
  /** Who writes it: payloads, the calendar, the tag or compute step, or the pipeline about itself. */
  readonly origin: 'payloads' | 'calendar' | 'tag' | 'compute' | 'pipeline'
  /** Facts that hold whatever the year, read whole by every computation. */
  readonly isReference: boolean
  /** First year of the catalog on AWS, where rows reach back further than the lake does otherwise. */
  readonly firstYear?: number
  /** Whether a row can be known before its session, as an ex-date is announced ahead. */
  readonly isAnnounced: boolean
  /** Other header names under which an import may carry a column. */
  readonly aliases: Readonly<Record<string, string>>
}

interface Declaration<C extends Columns> {
  name: string
  doc: string
  grain: readonly (keyof C & string)[]
  yearOf: keyof C & string
  columns: C
  invariants?: readonly Invariant[]
  lag?: Lag
  vintagesBy?: Table['vintagesBy']
  steady?: readonly (keyof C & string)[]
  origin?: Table['origin']
  isReference?: boolean
  firstYear?: number
  isAnnounced?: boolean
  aliases?: Readonly<Record<string, string>>
}

export const defineTable = <const C extends Columns>(table: Declaration<C>): Table<C> => ({
  kind: 'table',
  invariants: [],
  lag: { kind: 'fetched' },
  vintagesBy: 'fetched_at',
  steady: [],
  origin: 'payloads',
  isReference: false,
  isAnnounced: false,
  aliases: {},
  ...table,
})

export type Row<T extends Table> = RowOf<T['columns']>

/** The columns a source or an import provides; the pipeline stamps the others. */
export type Reported<T extends Table> = Omit<Row<T>, keyof typeof knowledge>

/** Names of the columns that a payload reports, in declaration order. */
export const reportedColumns = (table: Table): string[] =>
  Object.keys(table.columns).filter((name) => !(name in knowledge))

/** What a row is about, whatever its vintage. */
export const entityOf = (table: Table): string[] => table.grain.filter((name) => name !== 'known_at')
