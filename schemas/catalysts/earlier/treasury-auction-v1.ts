/** Version 1 of the rule for Treasury auctions: an auction was held once its highest yield was published, which floating-rate notes do not have. */
import { type Known, knownAs, rule, unsaid } from '../../catalyst.ts'
import { treasuryAuctions } from '../../tables/treasury_auctions.ts'
import { sql } from '../../view.ts'

interface Candidate extends Known {
  cusip: string
  auctioned_on: string
  security_type: string
  security_term: string
  closes_at: string
  high_yield: number | null
  bid_to_cover: number | null
}

export const heldOnceYieldIsKnown = rule<Candidate>({
  version: 1,
  candidates: sql`
    select cusip, auctioned_on, security_type, security_term, closes_at, high_yield, bid_to_cover, known_at, known_basis, source, bronze_key
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
    const { high_yield, bid_to_cover } = auction
    if (high_yield === null)
      return [{ ...base, status: 'confirmed', title: `${what} auction, due ${auction.auctioned_on}` }]
    return [
      {
        ...base,
        status: 'held',
        title: `${what} auction: high yield ${high_yield} %${bid_to_cover === null ? '' : `, bid to cover ${bid_to_cover}`}`,
        occurred_at: auction.closes_at,
        session: calendar.sessionHit(auction.closes_at),
        delay_days: 0,
        actual: high_yield,
      },
    ]
  },
})
