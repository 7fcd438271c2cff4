/** A silver table: one declaration from which row type, Parquet, catalog, dictionary and checks are derived. */
import { type Columns, date, type RowOf, string, timestamp } from './column.ts'

/**
 * When a row of this table is assumed to have become public, unless we saw it appear or the provider proves an instant.
 */
export type Lag =
  | { readonly kind: 'after_close'; readonly minutes: number }
  /** 08:00 New York of the next session. */
  | { readonly kind: 'next_morning' }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'fetched' }

/** The knowledge columns of every silver row: its source, when it became known, and how we know that. */
export const knowledge = {
  source: string('Source that reported the row.', { default: 'import' }),
  known_at: timestamp('First instant at which a reader could have had this row.'),
  known_basis: string(
    'How we know `known_at`. `observed`: we saw the row appear. `published`: the provider proves the instant. `assumed`: session close plus the declared lag.',
  ),
  known_session: date('First session whose evening cut (20:00 New York) is not before known_at.'),
  fetched_at: timestamp('When we downloaded it.'),
  bronze_key: string.nullable('Bronze object that holds the original bytes. NULL for rows that the pipeline derives.'),
} as const

export const stampedColumns = Object.keys(knowledge) as (keyof typeof knowledge)[]

export interface Invariant {
  readonly name: string
  /** SQL condition on one row. The row is rejected unless the condition is true or NULL. */
  readonly sql: string
}

/** A column of text that holds one of these values. */
export const oneOf = (column: string, values: readonly string[]): Invariant => ({
  name: `${column} must be one of ${values.join(', ')}`,
  sql: `${column} in (${values.map((value) => `'${value}'`).join(', ')})`,
})

/** Columns of bars inside a session: the instant at which a bar starts, and its length. */
export interface Bars {
  readonly start: string
  readonly minutes: string
}

export interface Table<C extends Columns = Columns> {
  readonly kind: 'table'
  readonly name: string
  readonly doc: string
  /** Columns that identify a row, in sort order. A table keeps vintages if `known_at` is one of them. */
  readonly grain: readonly string[]
  /** Column whose year, or whose session, names the Parquet object. */
  readonly yearOf: string
  /** Rows of one Parquet object: those of a year, or those of a session if a year has too many. */
  readonly partition: 'year' | 'session'
  readonly columns: C
  readonly invariants: readonly Invariant[]
  /** Default publication lag, for imports and for sources that declare no lag. */
  readonly lag: Lag
  /** Orders vintages by the provider's publication instant or by the instant of our download. */
  readonly vintagesBy: 'fetched_at' | 'published_at'
  /**
   * Set if the rows are bars inside a session. Bars outside the regular hours are counted and not stored. An import may write
   * the start without an offset, and leave the session out.
   */
  readonly bars?: Bars
  /** Columns in which a jump that goes back is an error: a row with ten times the value of its neighbours on both sides is rejected. */
  readonly steady: readonly string[]
  /** Columns of text with few values, which are written by the number of their value. */
  readonly coded?: readonly string[]
  /** The level of ZSTD of the objects. Default: that of the engine. */
  readonly level?: number
  /** Where the rows come from: payloads, the calendar, the tag or compute step, or the pipeline's own logs. */
  readonly origin: 'payloads' | 'calendar' | 'tag' | 'compute' | 'pipeline'
  /** True if the facts apply to all years. Every computation reads such a table in full. */
  readonly isReference: boolean
  /** True if every answer of its sources holds the whole history of what it was asked for. */
  readonly isAnsweredWhole: boolean
  /** First year of the catalog on AWS, if the rows begin earlier than the rest of the lake, or have one object per session. */
  readonly firstYear?: number
  /** True if a row can be known before its session, as an ex-date is announced ahead. */
  readonly isAnnounced: boolean
  /** Alternative header names of columns in imports, as column by header. */
  readonly aliases: Readonly<Record<string, string>>
  /** Columns that most files do not have. An unknown column of a file is not taken for one of them, unless its name is alike. */
  readonly optional: readonly string[]
}

interface Declaration<C extends Columns> {
  name: string
  doc: string
  grain: readonly (keyof C & string)[]
  yearOf: keyof C & string
  partition?: Table['partition']
  columns: C
  invariants?: readonly Invariant[]
  lag?: Lag
  vintagesBy?: Table['vintagesBy']
  bars?: { readonly start: keyof C & string; readonly minutes: keyof C & string }
  steady?: readonly (keyof C & string)[]
  coded?: readonly (keyof C & string)[]
  level?: number
  origin?: Table['origin']
  isReference?: boolean
  isAnsweredWhole?: boolean
  firstYear?: number
  isAnnounced?: boolean
  aliases?: Readonly<Record<string, string>>
  optional?: readonly (keyof C & string)[]
}

export const defineTable = <const C extends Columns>(table: Declaration<C>): Table<C> => ({
  kind: 'table',
  partition: 'year',
  invariants: [],
  lag: { kind: 'fetched' },
  vintagesBy: 'fetched_at',
  steady: [],
  origin: 'payloads',
  isReference: false,
  isAnsweredWhole: false,
  isAnnounced: false,
  aliases: {},
  optional: [],
  ...table,
})

export type Row<T extends Table> = RowOf<T['columns']>

/** The columns that a source or an import provides. The pipeline adds the knowledge columns. */
export type Reported<T extends Table> = Omit<Row<T>, keyof typeof knowledge>

/** Names of the columns that a source or an import provides, in declaration order. */
export const reportedColumns = (table: Table): string[] =>
  Object.keys(table.columns).filter((name) => !(name in knowledge))

/** The columns that identify a row apart from its vintage: the grain without `known_at`. */
export const entityOf = (table: Table): string[] => table.grain.filter((name) => name !== 'known_at')
