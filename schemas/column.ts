/** Column constructors. A column declares its SQL type, whether it may be NULL, its meaning and its unit. */

export type SqlType = 'varchar' | 'date' | 'timestamp' | 'double' | 'bigint' | 'boolean'

export interface Column<T = unknown> {
  readonly type: SqlType
  readonly nullable: boolean
  readonly doc: string
  readonly unit?: string
  /** Value that an import without the column gets. */
  readonly default?: string | number | boolean
  /** Never set. It only holds the TypeScript type. */
  readonly value?: T
}

export type Columns = Readonly<Record<string, Column>>

/**
 * Sizes that a double of a table can have beside zero. No figure of a market is outside of them, and inside of them neither a ratio of
 * two figures nor its square leaves the doubles.
 */
export const figureSizes = { smallest: 1e-30, largest: 1e18 } as const

interface Options {
  readonly unit?: string
  readonly default?: string | number | boolean
}

const kind = <T>(type: SqlType, always: Options = {}) => {
  const required = (doc: string, options: Options = {}): Column<T> => ({
    type,
    nullable: false,
    doc,
    ...always,
    ...options,
  })
  const nullable = (doc: string, options: Options = {}): Column<T | null> => ({
    type,
    nullable: true,
    doc,
    ...always,
    ...options,
  })
  return Object.assign(required, { nullable })
}

export const string = kind<string>('varchar')
/** ISO calendar date, `yyyy-mm-dd`. */
export const date = kind<string>('date')
/** UTC instant in ISO form, millisecond precision. */
export const timestamp = kind<string>('timestamp', { unit: 'UTC' })
export const double = kind<number>('double')
export const bigint = kind<number>('bigint')
export const boolean = kind<boolean>('boolean')

/** What a column means, with its unit. */
export const described = ({ doc, unit }: Column): string => (unit ? `${doc} Unit: ${unit}.` : doc)

/** The row that a set of columns describes. */
export type RowOf<C extends Columns> = { [K in keyof C]: C[K] extends Column<infer T> ? T : never }

/** SQL type name with the same meaning in DuckDB and Trino. */
export const sqlTypeName = (type: SqlType): string => (type === 'timestamp' ? 'timestamp(3)' : type)
