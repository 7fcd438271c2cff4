import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const macroReleases = defineTable({
  name: 'macro_releases',
  doc: 'One row per series, reference period, source and vintage: the value of each statistic as published at each release.',
  grain: ['series', 'reference_period', 'source', 'known_at'],
  yearOf: 'reference_period',
  invariants: [
    { name: 'reference_period must not begin after the row was fetched', sql: 'reference_period <= fetched_at' },
  ],
  // The series PAYEMS begins in 1939.
  firstYear: 1939,
  vintagesBy: 'published_at',
  columns: {
    series: string('Series identifier of the provider, such as PAYEMS.'),
    reference_period: date('First day of the period that the statistic describes.'),
    value: double('Level as published, in the unit of the series.', { unit: 'of the series' }),
    ...knowledge,
  },
})
