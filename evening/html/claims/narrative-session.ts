/** The session of the published explanation. */
export const narrativeSession = '2025-11-20'
