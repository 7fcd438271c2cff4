/** The sessions of a lake that have an evening to show. */
import { whyNoSession } from '../calendar/not-a-session.ts'
import { sessionOf } from '../calendar/sessions.ts'
import { UsageError } from '../core/errors.ts'
import { readingOften } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { quoted } from '../schemas/view.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'

/** The named session, or the latest one, if crash_precursors has it. */
export const publishedSession = readingOften([crashPrecursors])(
  async ({ engine, platform }: Lake, named?: string): Promise<string> => {
    const [span] = await engine.rows<{ first: string | null; latest: string | null; found: boolean }>(
      `select min(session) as first, max(session) as latest,
       coalesce(bool_or(session = try_cast(${named === undefined ? 'null' : quoted(named)} as date)), false) as found
     from crash_precursors`,
    )
    if (!span?.latest)
      throw new UsageError(
        `${platform.store.location} holds no session yet: try \`precursor start\`, or \`precursor run\``,
      )
    if (named === undefined) return span.latest
    if (!span.found && !sessionOf(named)) throw new UsageError(whyNoSession(named))
    if (!span.found)
      throw new UsageError(`${named} is not a session of this lake, which has ${span.first} to ${span.latest}`)
    return named
  },
)
