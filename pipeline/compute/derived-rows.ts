/** The knowledge of rows that the pipeline derives: known with the last input, at the latest by the evening of their session. */

/** SQL of the knowledge columns, given the SQL of the session and of the instant at which the inputs were known. */
export const derivedKnowledge = (session: string, knownAt: string): string =>
  `'compute' as source, ${knownAt} as known_at, 'assumed' as known_basis, ${session} as known_session, ${knownAt} as fetched_at, cast(null as varchar) as bronze_key`

/** The same for rows made here. */
export const derivedFrom = (session: string, known_at: string) => ({
  source: 'compute',
  known_at,
  known_basis: 'assumed',
  known_session: session,
  fetched_at: known_at,
  bronze_key: null,
})
