/** A statement of the account of 2025-11-20, asked of any session: what the data says, by one query. */
import type { Sql } from '../../../schemas/view.ts'
import type { Key, Say } from '../../language/language.ts'
import type { Row } from '../exhibit.ts'

/** `unknown` where the lake does not have what it takes, or where nobody can know. */
export type Verdict = 'supported' | 'contradicted' | 'unknown'

export interface Finding {
  readonly verdict: Verdict
  readonly says: string
}

export interface Claim {
  readonly id: string
  readonly statement: Key
  /** What the account said of its own session. */
  readonly account?: Key
  /** Whether the answer was not yet known that evening. */
  readonly isLater?: boolean
  /** Asked of the account's own session only. */
  readonly isOfAccount?: boolean
  readonly sql: (session: string) => Sql
  /** Judges the rows of the query. */
  readonly judge: (rows: readonly Row[], say: Say, session: string) => Finding
}

export const verdictOf = (isTrue: boolean | null | undefined): Verdict =>
  isTrue === null || isTrue === undefined ? 'unknown' : isTrue ? 'supported' : 'contradicted'

/** A number of a row, NULL as undefined. */
export const number = (row: Row | undefined, name: string): number | undefined =>
  row?.[name] === null || row?.[name] === undefined ? undefined : Number(row[name])

export const truth = (row: Row | undefined, name: string): boolean | undefined =>
  row?.[name] === null || row?.[name] === undefined ? undefined : Boolean(row[name])

/** Writes a number, or that it is not known. */
export const written = (value: number | undefined, how: (value: number) => string): string =>
  value === undefined ? '–' : how(value)
