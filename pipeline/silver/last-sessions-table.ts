/** The last sessions that universe.json declares, as a table, so that SQL can read them. */
import { knowledgeOf } from '../../calendar/knowledge.ts'
import { newYorkInstant } from '../../calendar/sessions.ts'
import { declaredLastSessions } from '../../schemas/tables/declared_last_sessions.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from './objects.ts'

/** The declaration counts from the evening of the last session on, whenever it is written. */
const rowOf = ([symbol, last_session]: readonly [string, string]) => ({
  symbol,
  last_session,
  ...knowledgeOf({
    source: 'universe',
    known_at: newYorkInstant(last_session, '20:00').toISOString(),
    known_basis: 'assumed',
  }),
})

/** Writes the table anew. Only a function that has the universe may call it. */
export const declareLastSessions = async (lake: Lake): Promise<void> => {
  const rows = Object.entries(lake.universe.lastSessions).map(rowOf)
  const present = await partitionsOf(lake.platform.store, declaredLastSessions)
  if (rows.length === 0 && present.length === 0) return
  await rewrite(
    lake,
    declaredLastSessions,
    present,
    async () => {
      await lake.engine.load('last_sessions_declared', declaredLastSessions.columns, rows)
      return 'last_sessions_declared'
    },
    { isRederived: true },
  )
}
