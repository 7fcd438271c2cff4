/** A saved query: one text for DuckDB and Athena, under a name. */
import type { Sql } from '../view.ts'

export interface SavedQuery {
  readonly name: string
  /** The question, in a sentence. */
  readonly doc: string
  readonly sql: Sql
  /** For research, not for every day: on the default universe it scans more than the 10 MB that Athena bills at least. */
  readonly isHeavy?: boolean
}
