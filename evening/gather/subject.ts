/** One subject of an evening: the query that asks for it and what the rows of a session come to. */
import type { Value } from '../../core/engine.ts'
import type { Sql } from '../../schemas/view.ts'

export type Row = Readonly<Record<string, Value>>

export interface Subject<T> {
  /** The rows of these sessions, each with its `session`. */
  readonly sql: (sessions: readonly string[]) => Sql
  /** The rows of one session, in the order of the query. */
  readonly of: (rows: readonly Row[]) => T
}

/** A subject whose rows are used as they come. */
export const listOf = <T>(sql: Subject<T>['sql']): Subject<readonly T[]> => ({
  sql,
  of: (rows) => rows as unknown as readonly T[],
})

/** A subject with at most one row per session. */
export const oneOf = <T>(sql: Subject<T>['sql']): Subject<T | null> => ({
  sql,
  of: ([row]) => (row ?? null) as unknown as T | null,
})
