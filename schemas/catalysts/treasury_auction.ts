import { defineCatalyst, type Known, knownAs, unsaid } from '../catalyst.ts'
import { treasuryAuctions } from '../tables/treasury_auctions.ts'
import { sql } from '../view.ts'
import { heldOnceYieldIsKnown } from './earlier/treasury-auction-v1.ts'

interface Candidate extends Known {
  cusip: string
  auctioned_on: string
  security_type: string
  security_term: string
  closes_at: string
  high_yield: number | null
  high_discount_margin: number | null
  high_discount_rate: number | null
  bid_to_cover: number | null
}

const resultsOf = (auction: Candidate): readonly string[] => [
  ...(auction.high_yield === null ? [] : [`high yield ${auction.high_yield} %`]),
  ...(auction.high_discount_margin === null ? [] : [`high discount margin ${auction.high_discount_margin} %`]),
  ...(auction.high_discount_rate === null ? [] : [`high discount rate ${auction.high_discount_rate} %`]),
  ...(auction.bid_to_cover === null ? [] : [`bid to cover ${auction.bid_to_cover}`]),
]

export const treasuryAuction = defineCatalyst<Candidate>({
  kind: 'treasury_auction',
  doc: 'An auction of Treasury notes or bonds. It is scheduled when it is announced, and held once any of its results is published. The actual figure is the highest accepted yield. For a floating-rate note it is the highest discount margin, because bids for it are margins.',
  scope: 'market',
  unit: '%',
  version: 2,
  // Notes or bonds are announced or auctioned almost every week.
  coverage: { signs: [{ table: treasuryAuctions, isWindowed: true }], longestSilence: 21 },
  earlier: [heldOnceYieldIsKnown],
  candidates: sql`
    select
      cusip, auctioned_on, security_type, security_term, closes_at, high_yield, high_discount_margin, high_discount_rate, bid_to_cover,
      known_at, known_basis, source, bronze_key
    from ${treasuryAuctions} order by known_at`,
  tag: (auction, calendar) => {
    const what = `${auction.security_term} ${auction.security_type}`
    const base = {
      ...unsaid,
      catalyst_id: `treasury_auction:${auction.cusip}:${auction.auctioned_on}`,
      entity: `US Treasury ${what}`,
      scheduled_at: auction.closes_at,
      evidence: `CUSIP ${auction.cusip}`,
      ...knownAs(auction),
    }
    const results = resultsOf(auction)
    if (results.length === 0)
      return [{ ...base, status: 'confirmed', title: `${what} auction, due ${auction.auctioned_on}` }]
    return [
      {
        ...base,
        status: 'held',
        title: `${what} auction: ${results.join(', ')}`,
        occurred_at: auction.closes_at,
        session: calendar.sessionHit(auction.closes_at),
        delay_days: 0,
        actual: auction.high_yield ?? auction.high_discount_margin ?? auction.high_discount_rate,
      },
    ]
  },
})
