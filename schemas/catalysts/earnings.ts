import { defineCatalyst, unsaid } from '../catalyst.ts'
import { filings } from '../tables/filings.ts'
import { sql } from '../view.ts'

interface Candidate {
  symbol: string
  accession: string
  accepted_at: string
  report_on: string | null
  items: string
  known_at: string
  known_basis: string
  source: string
  bronze_key: string | null
}

export const earnings = defineCatalyst<Candidate>({
  kind: 'earnings',
  doc: 'Results of operations, by the instant at which the SEC accepted an 8-K with item 2.02; after the close it hits the next session.',
  scope: 'company',
  version: 1,
  candidates: sql`
    select symbol, accession, accepted_at, report_on, items, known_at, known_basis, source, bronze_key
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
      known_at: filing.known_at,
      known_basis: filing.known_basis,
      source: filing.source,
      bronze_key: filing.bronze_key,
    },
  ],
})
