/** Athena answers in text; here it becomes what the embedded engine would give: dates and instants as ISO text, NULL as null. */
import type { ColumnInfo, Row } from '@aws-sdk/client-athena'
import type { ResultRow, Value } from '../../core/engine.ts'
import type { SqlType } from '../../schemas/column.ts'

export interface AnsweredColumn {
  readonly name: string
  /** Ours; what has no counterpart, such as an array or an instant with a zone, stays text. */
  readonly type: SqlType
}

const types: Readonly<Record<string, SqlType>> = {
  date: 'date',
  timestamp: 'timestamp',
  double: 'double',
  real: 'double',
  float: 'double',
  bigint: 'bigint',
  integer: 'bigint',
  smallint: 'bigint',
  tinyint: 'bigint',
  boolean: 'boolean',
}
/** Decimals of so many digits are doubles; longer ones keep their digits as text. */
const digitsOfDouble = 15

export const columnOf = ({ Name, Type, Precision }: ColumnInfo): AnsweredColumn => {
  const isShort = Type === 'decimal' && (Precision ?? digitsOfDouble) <= digitsOfDouble
  return { name: Name!, type: isShort ? 'double' : (types[Type!] ?? 'varchar') }
}

/** Whether a row says just the names of the columns. */
export const namesOf = ({ Data }: Row, columns: readonly AnsweredColumn[]): boolean =>
  columns.every(({ name }, i) => Data?.[i]?.VarCharValue === name)

export const rowOf = ({ Data }: Row, columns: readonly AnsweredColumn[]): ResultRow =>
  Object.fromEntries(columns.map(({ name, type }, i) => [name, typed(Data?.[i]?.VarCharValue, type)]))

const typed = (text: string | undefined, type: SqlType): Value => {
  if (text === undefined) return null
  if (type === 'double') return Number(text)
  if (type === 'boolean') return text === 'true'
  if (type === 'bigint') return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  // As in 2025-11-20 13:30:00.000, in UTC.
  if (type === 'timestamp') return new Date(`${text.replace(' ', 'T')}Z`).toISOString()
  return text
}
