import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const earnings = defineTable({
  name: 'earnings',
  doc: 'One row per symbol, concept, period, source and vintage: reported results from XBRL. Each value is from the earliest filing that reports it.',
  grain: ['symbol', 'concept', 'period_end', 'period_start', 'source', 'known_at'],
  yearOf: 'period_end',
  isAnsweredWhole: true,
  vintagesBy: 'published_at',
  columns: {
    symbol: string('Ticker of the filer.'),
    concept: string(
      'From filings `revenue`, `net_income` and `eps_diluted`, all GAAP. Imports may have others, such as `eps_nongaap` and `revenue_guidance`.',
    ),
    period_end: date('Last day of the period.'),
    period_start: date('First day of the period. Companies file both quarters and year-to-date periods.'),
    value: double('Reported value.', { unit: 'USD or USD per share' }),
    accession: string('Accession number of the first filing that reports this value.'),
    ...knowledge,
  },
})
