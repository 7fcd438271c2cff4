import { date, string, timestamp } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const filings = defineTable({
  name: 'filings',
  doc: 'One row per SEC filing and change of it, with the instant at which the SEC accepted it.',
  grain: ['symbol', 'filed_on', 'accession', 'source', 'known_at'],
  yearOf: 'filed_on',
  isAnsweredWhole: true,
  columns: {
    symbol: string(
      'Ticker of the filer: the one that the universe gives to its CIK, else the first of its common stock that the SEC lists.',
    ),
    filed_on: date('Filing date by the rules of the SEC.'),
    accession: string('Accession number.'),
    cik: string('CIK of the filer, ten digits.'),
    form: string('Form type, such as 8-K.'),
    items: string('Items of an 8-K, comma-separated. Item 2.02 is results of operations.'),
    accepted_at: timestamp('Instant of acceptance, from which on the filing is public.'),
    acceptance_clock: string.nullable(
      'Rule that decided the time zone of the acceptance time: `utc` or `new_york` from the filings of the same capture, `filing_header` from the page of the filing, `later` if both are possible and the later instant is taken.',
    ),
    report_on: date.nullable('Period or event date that the filing reports.'),
    document: string.nullable('Primary document.'),
    ...knowledge,
  },
  invariants: [oneOf('acceptance_clock', ['utc', 'new_york', 'filing_header', 'later'])],
})
