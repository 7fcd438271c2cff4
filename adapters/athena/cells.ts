/** Converts the text cells of Athena to the values of the embedded engine: dates and instants as ISO text, NULL as null. */
import type { ColumnInfo, Row } from '@aws-sdk/client-athena'
import { type ResultRow, uniqueNames, type Value } from '../../core/engine.ts'
import type { SqlType } from '../../schemas/column.ts'

export interface AnsweredColumn {
  readonly name: string
  /** Our type. A type without a counterpart, such as an array or an instant with a zone, is text. */
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
/** Decimals with up to this many digits become doubles. Longer ones stay text, so that no digit is lost. */
const digitsOfDouble = 15

const typeOf = ({ Type, Precision }: ColumnInfo): SqlType => {
  const isShort = Type === 'decimal' && (Precision ?? digitsOfDouble) <= digitsOfDouble
  return isShort ? 'double' : (types[Type!] ?? 'varchar')
}

/** The columns of an answer, with a name for each. */
export const columnsOf = (infos: readonly ColumnInfo[]): AnsweredColumn[] => {
  const names = uniqueNames(infos.map(({ Name }) => Name!))
  return infos.map((info, i) => ({ name: names[i]!, type: typeOf(info) }))
}

/** Whether a row repeats the names of the columns. */
export const namesOf = ({ Data }: Row, infos: readonly ColumnInfo[]): boolean =>
  infos.every(({ Name }, i) => Data?.[i]?.VarCharValue === Name)

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
