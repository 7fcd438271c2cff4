/** Knowledge columns of derived rows: known when the last input was known, and by the evening of their session at the latest. */

/** The knowledge columns as SQL, from the SQL of the session and of the instant at which the inputs were known. */
export const derivedKnowledge = (session: string, knownAt: string): string =>
  `'compute' as source, ${knownAt} as known_at, 'assumed' as known_basis, ${session} as known_session, ${knownAt} as fetched_at, cast(null as varchar) as bronze_key`

/** The knowledge columns of rows computed in code. */
export const derivedFrom = (session: string, known_at: string) => ({
  source: 'compute',
  known_at,
  known_basis: 'assumed',
  known_session: session,
  fetched_at: known_at,
  bronze_key: null,
})
