/** The rule for catalysts that follow from the exchange calendar: their session is known with the calendar. */
import { defineCatalyst, type Known, knownAs, unsaid } from '../../catalyst.ts'
import type { Sql } from '../../view.ts'

interface ExchangeDay extends Known {
  session: string
  entity: string
  /** Instant of it: an opening or a closing bell. */
  at: string
  title: string
  reason: string
}

/** @param candidates Sessions with `entity`, `at`, `title` and `reason`, and the knowledge of the calendar. */
export const exchangeDayCatalyst = (kind: string, doc: string, candidates: Sql) =>
  defineCatalyst<ExchangeDay>({
    kind,
    doc,
    scope: 'market',
    version: 1,
    isByCalendar: true,
    candidates,
    tag: (day) => [
      {
        ...unsaid,
        catalyst_id: `${kind}:${day.entity}:${day.session}`,
        entity: day.entity,
        status: 'confirmed',
        title: day.title,
        scheduled_at: day.at,
        session: day.session,
        evidence: day.reason,
        ...knownAs(day),
      },
    ],
  })
