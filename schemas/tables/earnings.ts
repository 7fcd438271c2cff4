import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const earnings = defineTable({
  name: 'earnings',
  doc: 'One row per symbol, concept, period, source and vintage: reported results from XBRL, by the earliest filing of each value.',
  grain: ['symbol', 'concept', 'period_end', 'period_start', 'source', 'known_at'],
  yearOf: 'period_end',
  vintagesBy: 'published_at',
  columns: {
    symbol: string('Ticker of the filer.'),
    concept: string('`revenue`, `net_income` or `eps_diluted`; GAAP.'),
    period_end: date('Last day of the period.'),
    period_start: date('First day of the period; quarters and year-to-date spans are both filed.'),
    value: double('Reported value.', { unit: 'USD or USD per share' }),
    accession: string('Filing that first carried this value.'),
    ...knowledge,
  },
})
