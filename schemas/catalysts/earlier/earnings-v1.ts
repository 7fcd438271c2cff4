/** Version 1 of the rule for earnings: every 8-K with item 2.02, including counts of deliveries. */
import { type Known, knownAs, rule, unsaid } from '../../catalyst.ts'
import { filings } from '../../tables/filings.ts'
import { sql } from '../../view.ts'

interface Candidate extends Known {
  symbol: string
  accession: string
  accepted_at: string
  items: string
}

export const everyItem202 = rule<Candidate>({
  version: 1,
  candidates: sql`
    select symbol, accession, accepted_at, items, known_at, known_basis, source, bronze_key
    from ${filings}
    where form = '8-K' and regexp_like(items, '(^|,)2\\.02(,|$)')
    order by accepted_at`,
  tag: (filing, calendar) => [
    {
      ...unsaid,
      catalyst_id: `earnings:${filing.symbol}:${filing.accession}`,
      entity: filing.symbol,
      status: 'released',
      title: `${filing.symbol} reports results`,
      occurred_at: filing.accepted_at,
      session: calendar.sessionHit(filing.accepted_at),
      evidence: `8-K ${filing.accession}, items ${filing.items}, accepted ${filing.accepted_at}`,
      ...knownAs(filing),
    },
  ],
})
