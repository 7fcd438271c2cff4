import { date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const consensus = defineTable({
  name: 'consensus',
  doc: 'One row per release, scheduled instant, source and vintage: the expected figure. A value captured after the release is not used as consensus.',
  grain: ['release', 'scheduled_at', 'source', 'known_at'],
  yearOf: 'scheduled_at',
  aliases: { ref_period: 'reference_period' },
  columns: {
    release: string('Name of the release, which is also its catalyst kind.'),
    scheduled_at: timestamp('Instant at which the release was due.'),
    consensus: double('Expected value, in the unit of the release.', { unit: 'of the release' }),
    reference_period: date.nullable('First day of the reference period. NULL if the source does not give it.'),
    released_at: timestamp.nullable('Instant of the release. NULL unless an analyst records it.'),
    actual: double.nullable('Published figure. NULL unless an analyst records it.', { unit: 'of the release' }),
    prior: double.nullable('Previous value, as shown by the source.', { unit: 'of the release' }),
    ...knowledge,
  },
})
