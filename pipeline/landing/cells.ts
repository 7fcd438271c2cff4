/** The last look at decoded values before they are staged: a value that its column cannot hold sets the row aside. */

import { isCalendarDate, isInstant } from '../../calendar/plausible.ts'
import type { SqlType } from '../../schemas/column.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'

type Values = Readonly<Record<string, unknown>>

interface Rule {
  readonly expected: string
  readonly holds: (value: unknown) => boolean
}

/** Beyond 2^53 - 1 a JavaScript number is rounded. */
const whole: Rule = { expected: 'a whole number up to 2^53 - 1', holds: Number.isSafeInteger }
const finite: Rule = { expected: 'a finite number', holds: Number.isFinite }
const isText = (value: unknown): value is string => typeof value === 'string'

const rules: Readonly<Record<SqlType, Rule>> = {
  bigint: whole,
  double: finite,
  boolean: { expected: 'true or false', holds: (value) => typeof value === 'boolean' },
  date: { expected: 'a date as yyyy-mm-dd', holds: (value) => isText(value) && isCalendarDate(value) },
  timestamp: { expected: 'an instant in UTC', holds: (value) => isText(value) && isInstant(value) },
  // Other control characters are stored as they came; whoever prints a text escapes them.
  varchar: { expected: 'text without NUL', holds: (value) => isText(value) && !value.includes('\0') },
}

const shown = (value: unknown) => (typeof value === 'number' ? String(value) : JSON.stringify(value))

/** Why the engine could not hold the values of a row, if so, and those that it can hold. */
export const fitting = (table: Table, values: Values): { readonly values: Values; readonly flaw: string | null } => {
  const bad = reportedColumns(table).filter((name) => {
    const value = values[name]
    return value !== null && value !== undefined && !rules[table.columns[name]!.type].holds(value)
  })
  const first = bad[0]
  if (first === undefined) return { values, flaw: null }
  const flaw = `${first}: expected ${rules[table.columns[first]!.type].expected}, got ${shown(values[first])}`
  return { values: { ...values, ...Object.fromEntries(bad.map((name) => [name, null])) }, flaw }
}
