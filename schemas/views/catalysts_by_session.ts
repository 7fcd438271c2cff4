import { date, double, string, timestamp } from '../column.ts'
import { catalysts } from '../tables/catalysts.ts'
import { defineView, sql } from '../view.ts'

export const catalystsBySession = defineView({
  name: 'catalysts_by_session',
  doc: 'One row per session and catalyst that hit it, as known by that evening.',
  grain: ['session', 'catalyst_id'],
  columns: {
    session: date('XNYS session that it hit.'),
    catalyst_id: string('Kind, entity and occasion.'),
    kind: string('Catalyst kind.'),
    scope: string('`market` or `company`.'),
    entity: string('Who or what.'),
    title: string('One line that says what happened.'),
    scheduled_at: timestamp.nullable('Instant as first announced.'),
    occurred_at: timestamp.nullable('Instant at which it happened.'),
    delay_days: double.nullable('Calendar days from schedule to occurrence.', { unit: 'days' }),
    actual: double.nullable('First print.', { unit: 'of the release' }),
    consensus: double.nullable('Expectation known before it.', { unit: 'of the release' }),
    surprise: double.nullable('actual - consensus.', { unit: 'of the release' }),
    tags: string.nullable('Topics found, comma-separated.'),
    evidence: string.nullable('Text or figures that the tag rests on.'),
    rule: string('Rule that made the tag.'),
    known_at: timestamp('When this much became known.'),
  },
  sql: sql`
    select * from (
      select c.*, row_number() over (partition by catalyst_id order by known_at desc) as age
      from ${catalysts} c
      where session is not null and known_session <= session
    ) as states
    where age = 1
  `,
})
