/** An answer as an Arrow IPC stream. */
import { Bool, Float64, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from 'apache-arrow'
import type { Answer, Value } from '../../core/engine.ts'

const textOf = (value: Value): string | null =>
  value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)

const vectorOf = (values: readonly Value[]): Vector => {
  const known = values.filter((value) => value !== null)
  if (known.length && known.every((value) => typeof value === 'number'))
    return vectorFromArray(values as readonly (number | null)[], new Float64())
  if (known.length && known.every((value) => typeof value === 'boolean'))
    return vectorFromArray(values as readonly (boolean | null)[], new Bool())
  return vectorFromArray(values.map(textOf), new Utf8())
}

export const arrowOf = ({ columns, rows }: Answer): Uint8Array =>
  tableToIPC(
    new Table(Object.fromEntries(columns.map((name, i) => [name, vectorOf(rows.map((row) => row[i] ?? null))]))),
  )
