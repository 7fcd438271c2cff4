/** The rule for scheduled statistics: announced, perhaps delayed, then printed. */
import { type CalendarFacts, type CatalystRow, defineCatalyst, type Release, unsaid } from '../catalyst.ts'
import { releaseCalendar } from '../tables/release_calendar.ts'
import { raw, sql } from '../view.ts'
import { macroSurprise } from '../views/macro_surprise.ts'

interface Candidate {
  event: 'announced' | 'printed'
  announcement_id: string | null
  reference_period: string
  scheduled_at: string | null
  first_scheduled_at: string | null
  status: string | null
  actual: number | null
  consensus: number | null
  consensus_source: string | null
  known_at: string
  known_basis: string
  source: string
  bronze_key: string | null
}

/** Defines the catalyst kind of a release. */
export const releaseCatalyst = (kind: string, agency: string, doc: string, release: Release) =>
  defineCatalyst<Candidate>({
    kind,
    doc,
    scope: 'market',
    version: 1,
    release,
    // An announcement names no reference period: it is that of its first scheduled month, which a delay does not change.
    candidates: sql`
      with announced as (
        select c.*, first_value(scheduled_at) over (partition by announcement_id order by known_at, revision_number) as first_scheduled_at
        from ${releaseCalendar} c
        where release = ${raw(`'${kind}'`)}
      ),
      periods as (
        select
          announced.*,
          cast(date_trunc('month', first_scheduled_at) - interval '${release.lagMonths} months' as date) as reference_period
        from announced
      ),
      prints as (
        select s.*, row_number() over (partition by reference_period order by consensus is null, consensus_source) as preference
        from ${macroSurprise} s
        where release = ${raw(`'${kind}'`)}
      ),
      first_schedule as (
        select reference_period, min(first_scheduled_at) as first_scheduled_at from periods group by reference_period
      )
      select 'announced' as event, announcement_id, reference_period, scheduled_at, first_scheduled_at, status,
             cast(null as double) as actual, cast(null as double) as consensus, cast(null as varchar) as consensus_source,
             known_at, known_basis, source, bronze_key
      from periods p
      -- What a calendar still says after the release changes nothing.
      where not exists (select 1 from prints where prints.reference_period = p.reference_period and prints.released_at <= p.known_at)
      union all
      select 'printed', null, p.reference_period, null, f.first_scheduled_at, null,
             p.actual, p.consensus, p.consensus_source, p.released_at, p.known_basis, p.source, p.bronze_key
      from prints p
      left join first_schedule f on f.reference_period = p.reference_period
      where p.preference = 1
      order by known_at`,
    tag: (candidate, calendar) => [stateOf(kind, agency, release, candidate, calendar)],
  })

const stateOf = (
  kind: string,
  agency: string,
  release: Release,
  candidate: Candidate,
  calendar: CalendarFacts,
): CatalystRow => {
  const { reference_period, first_scheduled_at, known_at, known_basis, source, bronze_key } = candidate
  const month = reference_period.slice(0, 7)
  const base = {
    ...unsaid,
    catalyst_id: `${kind}:${month}`,
    entity: agency,
    reference_period,
    scheduled_at: first_scheduled_at,
    known_at,
    known_basis,
    source,
    bronze_key,
  }
  if (candidate.event === 'announced') {
    const moved = candidate.scheduled_at !== first_scheduled_at
    const status = candidate.status === 'cancelled' ? 'cancelled' : moved ? 'delayed' : 'scheduled'
    return { ...base, status, title: `${release.blsTitle} for ${month}, ${announcement(status, candidate)}` }
  }
  const { actual, consensus } = candidate
  const delay = first_scheduled_at ? calendar.daysBetween(first_scheduled_at, known_at) : null
  const late = delay ? `, ${delay} days late` : ''
  const expected = consensus === null ? 'no consensus known' : `${signed(consensus)} expected`
  return {
    ...base,
    status: 'released',
    title: `${release.blsTitle} for ${month}: ${signed(actual)} ${release.unit}, ${expected}${late}`,
    occurred_at: known_at,
    session: calendar.sessionHit(known_at),
    delay_days: delay,
    actual,
    consensus,
    surprise: actual === null || consensus === null ? null : Number((actual - consensus).toPrecision(12)),
    evidence: `${release.series} first print${candidate.consensus_source ? `; consensus by ${candidate.consensus_source}` : ''}`,
  }
}

/** Dates as announced; releases are due in the morning, so that New York and UTC agree on the day. */
const announcement = (status: string, { scheduled_at, first_scheduled_at }: Candidate) => {
  const day = (instant: string | null) => instant?.slice(0, 10) ?? 'an unknown day'
  if (status === 'cancelled') return `cancelled (was due ${day(first_scheduled_at)})`
  if (status === 'delayed') return `moved from ${day(first_scheduled_at)} to ${day(scheduled_at)}`
  return `due ${day(scheduled_at)}`
}

const signed = (value: number | null) =>
  value === null ? 'unknown' : `${value > 0 ? '+' : ''}${Number(value.toFixed(2))}`
