/** Check: problems in the data of a session. */
import { checks } from '../../../schemas/tables/checks.ts'
import { payloads } from '../../../schemas/tables/payloads.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { lastSessions } from '../../../schemas/views/meta/last_sessions.ts'
import { watchedRelations } from '../../../schemas/watched.ts'
import { check } from '../../check/check.ts'
import { tablesAnsweredWhole } from '../../check/fewer-rows.ts'
import { objectsOf, stepNamed } from '../step.ts'

export const checkStep = stepNamed('check', {
  reads: [...new Set([...watchedRelations, ...tablesAnsweredWhole]), dailyBarsAsKnown, lastSessions, payloads, checks],
  writes: [objectsOf(checks)],
  perform: check,
})
