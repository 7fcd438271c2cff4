/** Values of the knowledge columns: which source reported a row, when it became known, and how we know that. */
import type { RowOf } from '../schemas/column.ts'
import { type knowledge, stampedColumns } from '../schemas/table.ts'
import { knownSession } from './sessions.ts'

/** One value per knowledge column, as a row of a silver table holds it. */
type Knowledge = RowOf<typeof knowledge>

interface Facts {
  readonly source: string
  /** UTC instant in ISO form. */
  readonly known_at: string
  /** `observed`, `published` or `assumed`. */
  readonly known_basis: string
  /** Default: the first session whose evening cut is not before `known_at`. Rows derived for a session name it here. */
  readonly known_session?: string
  /** Default: `known_at`. */
  readonly fetched_at?: string
  /** Default: NULL, for rows that the pipeline makes itself. */
  readonly bronze_key?: string | null
}

/**
 * The knowledge columns of one row.
 * After the last session of the calendar, `known_session` is the UTC date of `known_at`; `isInHorizon` tells such rows
 * apart.
 */
export const knowledgeOf = ({ source, known_at, known_basis, bronze_key = null, ...rest }: Facts): Knowledge => ({
  source,
  known_at,
  known_basis,
  known_session: rest.known_session ?? knownSession(new Date(known_at))?.session ?? known_at.slice(0, 10),
  fetched_at: rest.fetched_at ?? known_at,
  bronze_key,
})

/** The same as a list of SQL columns, given one SQL expression per column. */
export const knowledgeColumns = (values: Readonly<Record<keyof Knowledge, string>>): string =>
  stampedColumns.map((name) => `${values[name]} as ${name}`).join(', ')
