import { date, double, string, timestamp } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const treasuryAuctions = defineTable({
  name: 'treasury_auctions',
  doc: 'One row per auction of a Treasury note or bond and change of it: its announcement and its results.',
  grain: ['cusip', 'auctioned_on', 'source', 'known_at'],
  yearOf: 'auctioned_on',
  columns: {
    cusip: string('CUSIP of the security.'),
    auctioned_on: date('Day of the auction.'),
    security_type: string('Note or Bond; with Inflation-Protected or Floating-Rate before it where it is not nominal.'),
    security_term: string('Term, such as 10-Year.'),
    announced_on: date.nullable('Day on which it was announced.'),
    closes_at: timestamp('Close of competitive bidding. 13:00 New York if the announcement gives no time.'),
    offering_amount: double.nullable('Amount offered.', { unit: 'USD' }),
    high_yield: double.nullable(
      'Highest accepted yield. NULL until the result is published, and where bids are not yields.',
      { unit: '%' },
    ),
    bid_to_cover: double.nullable('Bids per accepted dollar. NULL until the result is published.', { unit: 'ratio' }),
    high_discount_margin: double.nullable(
      'Highest accepted discount margin, in which bids for floating-rate notes are made. NULL for other securities.',
      { unit: '%' },
    ),
    high_discount_rate: double.nullable(
      'Highest accepted discount rate, where bids are discount rates. NULL for other securities.',
      { unit: '%' },
    ),
    ...knowledge,
  },
  invariants: [
    oneOf('security_type', [
      'Note',
      'Bond',
      'Inflation-Protected Note',
      'Inflation-Protected Bond',
      'Floating-Rate Note',
      'Floating-Rate Bond',
    ]),
  ],
})
