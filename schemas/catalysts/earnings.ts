import { type CatalystRow, defineCatalyst, type Known, knownAs, unsaid } from '../catalyst.ts'
import { earningsCalendar } from '../tables/earnings_calendar.ts'
import { filings } from '../tables/filings.ts'
import { sql } from '../view.ts'
import { earningsAnnouncements } from '../views/catalysts/earnings_announcements.ts'
import { earningsSurprises } from '../views/catalysts/earnings_surprises.ts'
import { everyItem202 } from './earlier/earnings-v1.ts'

interface Candidate extends Known {
  event: 'projected' | 'announced' | 'compared' | 'amended'
  symbol: string
  quarter: string
  expected_on: string | null
  time_of_day: string | null
  /** Accession number of the results, or of their amendment. */
  accession: string | null
  items: string | null
  accepted_at: string | null
  timing: string | null
  reason: string | null
  actual: number | null
  expected: number | null
  surprise: number | null
  surprise_fraction: number | null
  standardized_surprise: number | null
  estimate_source: string | null
}

export const earnings = defineCatalyst<Candidate>({
  kind: 'earnings',
  doc: 'Results of a quarter, at the instant at which the SEC accepted the 8-K that reports them. Results after the close hit the next session. Counts of deliveries, preliminary figures and amendments are not results.',
  scope: 'company',
  unit: 'USD',
  version: 2,
  // A company files at least once a quarter.
  coverage: { signs: [{ table: filings, company: { key: 'cik', name: 'symbol' } }], longestSilence: 100 },
  earlier: [everyItem202],
  candidates: sql`
    with results as (
      select *, coalesce(strftime(period_end, '%Y-%m'), accession) as quarter from ${earningsAnnouncements} where is_results
    ),
    -- Revenue, which has one accounting basis. If several sources have it, the first by name is used.
    surprises as (
      select * from ${earningsSurprises} where estimate = 'consensus' and concept = 'revenue'
      qualify row_number() over (partition by symbol, announced_at order by source, estimate_source) = 1
    ),
    projections as (
      -- A quarter that is written in another way keeps its name.
      select *, coalesce(strftime(try_strptime(fiscal_quarter, '%b/%Y'), '%Y-%m'), fiscal_quarter) as quarter from ${earningsCalendar}
    ),
    states as (
      select 'announced' as event, accession as said_by, items as said_items, r.*, null as said_at from results r
      union all
      select 'compared', accession, items, r.*, s.known_at from results r join surprises s on s.symbol = r.symbol and s.announced_at = r.accepted_at
      union all
      select 'amended', a.accession, a.items, r.*, a.known_at
      from results r join ${earningsAnnouncements} a on a.symbol = r.symbol and a.amends = r.accession
    )
    select
      event, s.symbol, quarter, null as expected_on, null as time_of_day, said_by as accession, said_items as items, accepted_at, timing, reason,
      e.actual, e.expected, e.surprise, e.surprise_fraction, e.standardized_surprise, e.estimate_source,
      greatest(s.known_at, coalesce(said_at, s.known_at)) as known_at, s.known_basis, s.source, s.bronze_key
    from states s
    left join surprises e
      on e.symbol = s.symbol and e.announced_at = s.accepted_at and e.known_at <= greatest(s.known_at, coalesce(said_at, s.known_at))
    union all
    select
      'projected', p.symbol, p.quarter, expected_on, time_of_day, null, null, null, null, null, null, null, null, null, null, null,
      p.known_at, p.known_basis, p.source, p.bronze_key
    from projections p
    where not exists (select 1 from results r where r.symbol = p.symbol and r.quarter = p.quarter and r.known_at <= p.known_at)
    order by known_at, event`,
  tag: (candidate, calendar): CatalystRow[] => {
    const { symbol, quarter, event } = candidate
    const base = { ...unsaid, catalyst_id: `earnings:${symbol}:${quarter}`, entity: symbol, ...knownAs(candidate) }
    if (event === 'projected') {
      const when =
        { before_open: ' before the open', after_close: ' after the close' }[candidate.time_of_day ?? ''] ?? ''
      const title = `${symbol} is expected to report on ${candidate.expected_on}${when}; not confirmed`
      return [{ ...base, status: 'projected', title, evidence: `calendar of ${candidate.source}` }]
    }
    const { accepted_at, accession, items, timing, reason, surprise, surprise_fraction, estimate_source } = candidate
    const against = surprise_fraction === null ? '' : `, revenue ${percent(surprise_fraction)} against consensus`
    const filing = `${event === 'amended' ? 'amended by 8-K/A' : '8-K'} ${accession}, items ${items}`
    const why = `results accepted ${accepted_at} (${timing}): ${reason}`
    return [
      {
        ...base,
        status: 'released',
        title: `${symbol} reports results${against}${event === 'amended' ? '; amended since' : ''}`,
        occurred_at: accepted_at,
        session: calendar.sessionHit(accepted_at!),
        actual: candidate.actual,
        consensus: candidate.expected,
        surprise,
        standardized_surprise: candidate.standardized_surprise,
        direction: surprise === null ? null : surprise > 0 ? 'positive' : surprise < 0 ? 'negative' : 'neutral',
        evidence: `${filing}; ${why}${estimate_source ? `; consensus by ${estimate_source}` : ''}`,
      },
    ]
  },
})

const percent = (fraction: number) => `${fraction >= 0 ? '+' : ''}${(fraction * 100).toFixed(1)} %`
