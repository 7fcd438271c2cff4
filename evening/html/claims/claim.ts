/** A statement of the published explanation of 2025-11-20, checked against the data of any session by one query. */
import { levelsOf, levelText, type SignalLevels } from '../../../schemas/signal-levels.ts'
import { type Signal, signalNamed } from '../../../schemas/signals.ts'
import type { Sql } from '../../../schemas/view.ts'
import type { SignalState } from '../../gather/signals.ts'
import type { Row } from '../../gather/subject.ts'
import type { Key, Say } from '../../language/language.ts'

/** `unknown` if the lake lacks the data, or if nobody can know. */
export type Verdict = 'supported' | 'contradicted' | 'unknown'

export interface Finding {
  readonly verdict: Verdict
  readonly says: string
}

export interface Claim {
  readonly id: string
  readonly statement: Key
  /** Fills the blanks of the statement. */
  readonly blanks?: (levels: SignalLevels) => Readonly<Record<string, string>>
  /** The words of the published explanation about its own session. */
  readonly narrative?: Key
  /** Whether the answer became known only after that evening. */
  readonly isLater?: boolean
  readonly sql: (session: string, levels: SignalLevels) => Sql
  /**
   * For a query that reads states of signals, which take as long as all other claims: a query for its other columns, and its rows from the
   * answer and the states that the report has already.
   */
  readonly fromStates?: {
    readonly sql: (session: string) => Sql
    readonly rows: (rows: readonly Row[], states: readonly SignalState[]) => Row[]
  }
  /** Judges the rows of the query. */
  readonly judge: (rows: readonly Row[], say: Say, levels: SignalLevels) => Finding
}

export const verdictOf = (isTrue: boolean | null | undefined): Verdict =>
  isTrue === null || isTrue === undefined ? 'unknown' : isTrue ? 'supported' : 'contradicted'

/** A number of a row, NULL as undefined. */
export const number = (row: Row | undefined, name: string): number | undefined =>
  row?.[name] === null || row?.[name] === undefined ? undefined : Number(row[name])

export const truth = (row: Row | undefined, name: string): boolean | undefined =>
  row?.[name] === null || row?.[name] === undefined ? undefined : Boolean(row[name])

/** Writes a number, or that it is not known. */
export const written = (value: number | undefined, how: (value: number) => string, say: Say): string =>
  value === undefined ? say('unknown') : how(value)

/** Level beyond which a signal lights, as it is written in a statement. */
export const levelOf = (column: Signal['column'], levels: SignalLevels): { on: string } => {
  const signal = signalNamed(column)
  return { on: levelText(signal, levelsOf(signal, levels).on) }
}

/** Whether a value lies beyond the level of a signal that lights above it. */
export const isAbove = (column: Signal['column'], value: number, levels: SignalLevels): boolean =>
  value > levelsOf(signalNamed(column), levels).on

/** Whether a signal was lit, and null if that is unknown. */
export const isLitIn = (states: readonly SignalState[], column: Signal['column']): boolean | null => {
  const found = states.find(({ signal }) => signal.column === column)
  return found === undefined || found.state === 'unknown' ? null : found.state === 'lit'
}
