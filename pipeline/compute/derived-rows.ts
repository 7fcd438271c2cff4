/** The knowledge columns of computed rows: a row is known with its last input, at the latest by the evening of its session. */
import { knowledgeColumns, knowledgeOf } from '../../calendar/knowledge.ts'

/** The knowledge columns as SQL, from the SQL of the session and of the instant at which the inputs were known. */
export const derivedKnowledge = (session: string, knownAt: string): string =>
  knowledgeColumns({
    source: "'compute'",
    known_at: knownAt,
    known_basis: "'assumed'",
    known_session: session,
    fetched_at: knownAt,
    bronze_key: 'cast(null as varchar)',
  })

/** The same columns for a row made in code. */
export const derivedFrom = (session: string, known_at: string) =>
  knowledgeOf({ source: 'compute', known_at, known_basis: 'assumed', known_session: session })
