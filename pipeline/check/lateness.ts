/** Lateness: how many sessions a dataset is behind what its source should have published by now. */

import {
  lastClosedSession,
  newYorkInstant,
  sessionOf,
  sessionOffset,
  sessionsBetween,
} from '../../calendar/sessions.ts'
import type { Lag } from '../../schemas/table.ts'
import { lastSessions } from '../../schemas/views/meta/last_sessions.ts'
import { sessionsIn, subjectOf, watchedTables } from '../../schemas/watched.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { type Dataset, nameOf } from './dataset.ts'

export interface Lateness {
  readonly dataset: string
  readonly latest: string
  readonly expected: string
  readonly sessionsBehind: number
}

/** The lateness of each dataset that has rows. A dataset that was never fetched, or whose symbols no longer trade, is not late. */
export const lateness = reading(
  async (lake: Lake, datasets: readonly Dataset[], eveningRun: string): Promise<Lateness[]> => {
    const run = lastEveningRun(lake.platform.now(), eveningRun)
    const found: Lateness[] = []
    for (const { source, table, lag } of datasets) {
      const watched = watchedTables.find(({ name }) => name === table)!
      const subject = subjectOf(watched)
      const [row] = await lake.engine.rows<{ latest: string | null; trading: number }>(
        `select max(session) as latest, count(case when e.symbol is null then 1 end) as trading
         from (select session, source, ${subject} as subject from ${sessionsIn(watched).name}) t
         left join ${lastSessions.name} e on e.symbol = t.subject
         where t.source = '${source}'`,
      )
      if (!row?.latest || row.trading === 0) continue
      const expected = publishedBy(run, lag)
      const behind = sessionsBetween(row.latest, expected).filter(({ session }) => session > row.latest!).length
      found.push({ dataset: nameOf({ source, table }), latest: row.latest, expected, sessionsBehind: behind })
    }
    return found
  },
)

/** The latest evening run before now: on a session, at that New York time. */
const lastEveningRun = (now: Date, eveningRun: string): Date => {
  const { session } = lastClosedSession(now)!
  const run = newYorkInstant(session, eveningRun)
  return run < now ? run : newYorkInstant(sessionOffset(session, -1)!.session, eveningRun)
}

/** The last session whose rows a source had published by an instant, according to its declared lag. */
const publishedBy = (run: Date, lag: Lag): string => {
  const { session } = lastClosedSession(run)!
  const isOut =
    lag.kind === 'after_close'
      ? sessionOf(session)!.closesAt + lag.minutes * 60_000 <= run.getTime()
      : lag.kind !== 'next_morning'
  return isOut ? session : sessionOffset(session, -1)!.session
}
