/** A saved query: one text for DuckDB and Athena, under a name. */
import type { Sql } from '../view.ts'

export interface SavedQuery {
  readonly name: string
  /** The question, in a sentence. */
  readonly doc: string
  readonly sql: Sql
}
