import { defineCatalyst, type Known, knownAs, unsaid } from '../catalyst.ts'
import { reportedEvents } from '../tables/reported_events.ts'
import { sql } from '../view.ts'

interface Candidate extends Known {
  event_id: string
  category: string
  entity: string
  title: string
  occurred_at: string
  reference: string
}

export const reportedEvent = defineCatalyst<Candidate>({
  kind: 'reported_event',
  doc: 'An event that an analyst records, such as a geopolitical one. No source of the lake reports it.',
  scope: 'market',
  version: 1,
  coverage: 'imports',
  candidates: sql`select * from ${reportedEvents} order by known_at`,
  tag: (event, calendar) => [
    {
      ...unsaid,
      catalyst_id: `reported_event:${event.event_id}`,
      entity: event.entity,
      status: 'held',
      title: event.title,
      occurred_at: event.occurred_at,
      session: calendar.sessionHit(event.occurred_at),
      tags: event.category,
      evidence: event.reference,
      ...knownAs(event),
    },
  ],
})
