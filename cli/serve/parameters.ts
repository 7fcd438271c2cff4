/** The parameters of a request, checked. */
import { isCalendarDate } from '../../calendar/plausible.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { quoted } from '../../schemas/view.ts'
import { asOfInstant } from '../as-of.ts'
import type { Limits } from '../desk/limits.ts'
import { type Format, formats } from './answers.ts'

export type Given = Readonly<Record<string, unknown>>

/** The parameters that say how a statement is answered. */
export const ofAnswers = ['as_of', 'format', 'rows'] as const
export const ofQueries = ['sql', ...ofAnswers] as const

/** Refuses a parameter that a route does not take. */
export const requireKnown = (given: Given, names: readonly string[]): void => {
  const odd = Object.keys(given).find((name) => !names.includes(name))
  if (odd === undefined) return
  throw names.length > 0
    ? unknownName('parameter', odd, names)
    : new UsageError(`no parameter ${odd}: this address takes none`)
}

const textOf = (given: Given, name: string): string | undefined => {
  const value = given[name]
  if (value === undefined || value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new UsageError(`${name}: expected a text`)
}

export const formatOf = (given: Given): Format => {
  const name = textOf(given, 'format') ?? 'json'
  const format = formats.find((each) => each === name)
  if (!format) throw unknownName('format', name, formats)
  return format
}

/** The options of an answer: instant and number of rows. */
export const optionsIn = (given: Given, limits: Limits) => {
  const [asOf, rows] = [textOf(given, 'as_of'), textOf(given, 'rows')]
  if (rows !== undefined && !/^[1-9]\d*$/.test(rows))
    throw new UsageError(`rows: expected a number from 1 to ${limits.rows}, not ${rows}`)
  if (Number(rows) > limits.rows) throw new UsageError(`rows: ${rows} is more than the maximum of ${limits.rows}`)
  return { ...(asOf ? { asOf: asOfInstant(asOf) } : {}), ...(rows ? { rows: Number(rows) } : {}) }
}

export const sqlIn = (given: Given): string => {
  const sql = textOf(given, 'sql')
  if (sql === undefined) throw new UsageError('sql: the statement is missing')
  return sql
}

/** The days between which the rows of a view are asked for. */
export const spanIn = (given: Given) => ({ from: textOf(given, 'from'), to: textOf(given, 'to') })

export const signalsStatement = (given: Given): string => {
  const session = textOf(given, 'session')
  if (session !== undefined && !isCalendarDate(session)) throw new UsageError(`session: ${session} is not a date`)
  const wanted = session ? `date ${quoted(session)}` : '(select max(session) from precursor_signals)'
  return `select * from precursor_signals where session = ${wanted} order by is_lit desc nulls last, signal`
}
