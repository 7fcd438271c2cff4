/**
 * The rule for catalysts that the exchange calendar determines. Their session is known from the publication of the
 * calendar on.
 */
import { defineCatalyst, type Known, knownAs, unsaid } from '../../catalyst.ts'
import type { Sql } from '../../view.ts'

interface ExchangeDay extends Known {
  session: string
  entity: string
  /** Instant of the catalyst: an opening or a closing bell. */
  at: string
  title: string
  reason: string
}

/**
 * @param candidates SQL of sessions with `entity`, `at`, `title` and `reason`, and the knowledge columns of the
 * calendar.
 */
export const exchangeDayCatalyst = (kind: string, doc: string, candidates: Sql) =>
  defineCatalyst<ExchangeDay>({
    kind,
    doc,
    scope: 'market',
    version: 1,
    coverage: 'calendar',
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
