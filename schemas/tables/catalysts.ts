import { bigint, date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const catalysts = defineTable({
  name: 'catalysts',
  doc: 'One row per catalyst and change of what was known about it: what happened, when it was scheduled and which session it hits.',
  grain: ['catalyst_id', 'known_at'],
  yearOf: 'known_at',
  origin: 'tag',
  // The options expiries of 1990 are known a year earlier, with the exchange calendar.
  firstYear: 1989,
  columns: {
    catalyst_id: string('Identifier: kind, entity and occasion, such as earnings:NVDA:0001045810-25-000228.'),
    kind: string('Catalyst kind: earnings, nonfarm_payrolls, fed_speech …'),
    scope: string('`market` or `company`.'),
    entity: string('The subject: a ticker, an agency or a speaker.'),
    status: string(
      'Status as known at `known_at`. `projected`: an unconfirmed date. `tentative`, `confirmed`, `delayed`, `cancelled` and `merged`: as announced. `released` and `held`: it happened.',
    ),
    title: string('One line that says what happened.'),
    scheduled_at: timestamp.nullable('Scheduled instant, as first announced. NULL if it was never announced.'),
    occurred_at: timestamp.nullable('Instant at which it happened. NULL until then.'),
    session: date.nullable(
      'Session that it hits: an event before the close hits that session, a later one the next session. NULL until it has happened, unless the exchange calendar determines it.',
    ),
    reference_period: date.nullable('First day of the period that a statistic describes.'),
    delay_days: double.nullable('Calendar days in New York from the schedule to the occurrence. 0 if on time.', {
      unit: 'days',
    }),
    actual: double.nullable('Published figure, first print.', { unit: 'of the release' }),
    consensus: double.nullable('Consensus known before the release.', { unit: 'of the release' }),
    surprise: double.nullable('actual - consensus.', { unit: 'of the release' }),
    standardized_surprise: double.nullable('Surprise divided by the standard deviation of earlier surprises.', {
      unit: 'standard deviations',
    }),
    direction: string.nullable(
      '`hawkish` or `dovish` (macro, FOMC, speeches), `positive` or `negative` (companies), or `neutral`. NULL if the direction is unknown.',
    ),
    tags: string.nullable('Topics found, comma-separated.'),
    evidence: string.nullable('Text or figures that support the tag. The original bytes are in `bronze_key`.'),
    rule: string('Rule that made the tag.'),
    rule_version: bigint('Its version.'),
    ...knowledge,
  },
})
