/** SQL over relations that have a column for each signal. */
import { type Signal, signals } from './signals.ts'
import { join, quoted, raw, type Sql, sql } from './view.ts'

/** An expression for each signal. */
export const forEachSignal = (expression: (column: string, signal: Signal) => string): Sql =>
  join(
    signals.map((signal) => raw(expression(signal.column, signal))),
    ',\n      ',
  )

/** The column of the signal that the row is about, among the columns `figure_signal`. */
export const ofOwnSignal = (figure: string): Sql =>
  sql`case signal ${join(
    signals.map(({ column }) => raw(`when ${quoted(column)} then ${figure}_${column}`)),
    ' ',
  )} end`
