import { bigint, date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const catalysts = defineTable({
  name: 'catalysts',
  doc: 'One row per catalyst and change of what was known about it: what happened, when it was due, which session it hits.',
  grain: ['catalyst_id', 'known_at'],
  yearOf: 'known_at',
  origin: 'tag',
  // The expiries of 1990 are known with its calendar.
  firstYear: 1989,
  columns: {
    catalyst_id: string('Kind, entity and occasion, such as earnings:NVDA:0001045810-25-000228.'),
    kind: string('Catalyst kind: earnings, nonfarm_payrolls, fed_speech …'),
    scope: string('`market` or `company`.'),
    entity: string('Who or what: a ticker, an agency, a speaker.'),
    status: string(
      'As known at known_at. `projected`: a date that nobody confirmed. `tentative`, `confirmed`, `delayed`, `cancelled`, `merged`: as announced. `released` and `held`: it happened.',
    ),
    title: string('One line that says what happened.'),
    scheduled_at: timestamp.nullable('Instant as first announced; NULL if never announced.'),
    occurred_at: timestamp.nullable('Instant at which it happened; NULL until it has.'),
    session: date.nullable(
      'Session it hits: the same one before the close, the next one after it. NULL until it has happened, unless the exchange calendar fixes it.',
    ),
    reference_period: date.nullable('First day of the period that a statistic describes.'),
    delay_days: double.nullable('Calendar days in New York from schedule to occurrence; 0 on time.', { unit: 'days' }),
    actual: double.nullable('First print.', { unit: 'of the release' }),
    consensus: double.nullable('Expectation known before it.', { unit: 'of the release' }),
    surprise: double.nullable('actual - consensus.', { unit: 'of the release' }),
    standardized_surprise: double.nullable('Surprise by the spread of the surprises before it.', {
      unit: 'standard deviations',
    }),
    direction: string.nullable(
      '`hawkish` or `dovish` (macro, FOMC, speeches), `positive` or `negative` (companies), `neutral`; NULL where there is nothing to tell it by.',
    ),
    tags: string.nullable('Topics found, comma-separated.'),
    evidence: string.nullable('Text or figures that the tag rests on; the bytes are in bronze_key.'),
    rule: string('Rule that made the tag.'),
    rule_version: bigint('Its version.'),
    ...knowledge,
  },
})
