import { date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const consensus = defineTable({
  name: 'consensus',
  doc: 'One row per release, scheduled instant, source and vintage: what was expected. Captured after the release it is no consensus.',
  grain: ['release', 'scheduled_at', 'source', 'known_at'],
  yearOf: 'scheduled_at',
  aliases: { ref_period: 'reference_period' },
  columns: {
    release: string('Release, by its catalyst kind.'),
    scheduled_at: timestamp('Instant at which the release was due.'),
    consensus: double('Expected value, in the unit of the release.', { unit: 'of the release' }),
    reference_period: date.nullable('First day of the period described, where the source says it.'),
    released_at: timestamp.nullable('Instant of the release, where an analyst notes it.'),
    actual: double.nullable('Published figure, where an analyst notes it.', { unit: 'of the release' }),
    prior: double.nullable('Previous value, as the source showed it.', { unit: 'of the release' }),
    ...knowledge,
  },
})
