import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const analystSeries = defineTable({
  name: 'analyst_series',
  doc: 'One row per imported series of an analyst, session, source and vintage. `precursor evaluate --predictor analyst_series.<series>` tests it. Without a column `known_at` the values count as known from the import on, so that they say nothing about earlier evenings.',
  grain: ['series', 'session', 'source', 'known_at'],
  yearOf: 'session',
  aliases: { date: 'session' },
  columns: {
    series: string('Name of the series.'),
    session: date('XNYS session that the value describes.'),
    value: double('Value. A high value means risk.', { unit: 'of the series' }),
    ...knowledge,
  },
})
