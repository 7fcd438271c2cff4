import { date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const filings = defineTable({
  name: 'filings',
  doc: 'One row per SEC filing and change of it, stamped with the instant at which the SEC accepted it.',
  grain: ['symbol', 'filed_on', 'accession', 'source', 'known_at'],
  yearOf: 'filed_on',
  columns: {
    symbol: string(
      'Ticker of the filer: the one that the universe gives to its CIK, else the first that the SEC lists.',
    ),
    filed_on: date('Filing date as the SEC counts it.'),
    accession: string('Accession number.'),
    cik: string('Filer, ten digits.'),
    form: string('Form type, such as 8-K.'),
    items: string('Items of an 8-K, comma-separated; 2.02 is results of operations.'),
    accepted_at: timestamp('Instant of acceptance: public from then on.'),
    acceptance_clock: string.nullable(
      'How the clock of the acceptance time was decided: `utc` or `new_york` by the filings of the same capture, `filing_header` by the page of the filing, `later` where both readings are possible and the later one is taken.',
    ),
    report_on: date.nullable('Period or event date that the filing reports.'),
    document: string.nullable('Primary document.'),
    ...knowledge,
  },
})
