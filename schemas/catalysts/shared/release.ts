/** The rule for scheduled macro releases: announced, perhaps delayed, cancelled or merged, then published. */
import { type CalendarFacts, type CatalystRow, defineCatalyst, type Known, knownAs, unsaid } from '../../catalyst.ts'
import { longestSilence, type Release, type ReleaseName, releases } from '../../releases.ts'
import { macroReleases } from '../../tables/macro_releases.ts'
import { releaseCalendar } from '../../tables/release_calendar.ts'
import { quoted, raw, type Sql, sql } from '../../view.ts'
import { macroSurprise } from '../../views/macro/macro_surprise.ts'
import { macroTimetable } from '../../views/macro/macro_timetable.ts'

export interface ReleaseState extends Known {
  reference_period: string
  status: string
  first_scheduled_at: string | null
  scheduled_at: string | null
  released_at: string | null
  merged_into: string | null
  actual: number | null
  consensus: number | null
  consensus_source: string | null
  surprise: number | null
  standardized_surprise: number | null
}

/**
 * Timetable states of a release, with its first print and consensus.
 * A release whose publication time is unknown is assigned to no session.
 */
export const releaseStates = (name: string): Sql => sql`
  select
    t.reference_period, t.status, t.first_scheduled_at, t.scheduled_at, t.released_at, t.merged_into,
    s.actual, s.consensus, s.consensus_source, s.surprise, s.standardized_surprise,
    t.known_at, t.known_basis, t.source, t.bronze_key
  from ${macroTimetable} t
  left join (
    select
      m.*,
      row_number() over (partition by reference_period order by consensus is null, consensus_source) as preference
    from ${macroSurprise} m
    where release = ${raw(quoted(name))}
  ) s on s.reference_period = t.reference_period and s.preference = 1 and t.status = 'released'
  where t.release = ${raw(quoted(name))} and (t.status <> 'released' or t.released_at is not null)
  order by t.known_at`

/** Defines the catalyst kind of a release. Its calendar alone does not show whether the figure came. */
export const releaseCatalyst = (name: ReleaseName, doc: string) =>
  defineCatalyst<ReleaseState>({
    kind: name,
    doc,
    scope: 'market',
    unit: releases[name].unit,
    version: 2,
    coverage: {
      signs: [
        { table: macroReleases, where: { series: releases[name].series }, asked: releases[name].series },
        { table: releaseCalendar, where: { release: name, status: 'released' } },
      ],
      longestSilence: longestSilence[releases[name].frequency],
    },
    candidates: releaseStates(name),
    tag: (state, calendar) => [stateOf(name, state, calendar)],
  })

/** Days in New York from the first schedule to the release; NULL if it was never announced or is not released. */
export const delayOf = (
  { first_scheduled_at, released_at }: Pick<ReleaseState, 'first_scheduled_at' | 'released_at'>,
  calendar: CalendarFacts,
): number | null => (first_scheduled_at && released_at ? calendar.daysBetween(first_scheduled_at, released_at) : null)

/** The policy direction of a surprise: `hawkish`, `dovish` or, for a surprise of zero, `neutral`. */
const policyDirection = ({ policySign }: Release, surprise: number | null): string | null => {
  if (surprise === null) return null
  const pressure = Math.sign(Number(surprise.toPrecision(9))) * policySign
  return pressure > 0 ? 'hawkish' : pressure < 0 ? 'dovish' : 'neutral'
}

export const stateOf = (name: ReleaseName, state: ReleaseState, calendar: CalendarFacts): CatalystRow => {
  const release: Release = releases[name]
  const { reference_period, status, first_scheduled_at, released_at } = state
  const period = periodName(release, reference_period)
  const base = {
    ...unsaid,
    catalyst_id: `${name}:${period}`,
    entity: release.agency,
    status,
    reference_period,
    scheduled_at: first_scheduled_at,
    ...knownAs(state),
  }
  if (!released_at) {
    return {
      ...base,
      title: `${release.title} for ${period}, ${announcement(state)}`,
      evidence: `as announced by ${state.source}`,
    }
  }
  const { actual, consensus } = state
  const delay_days = delayOf(state, calendar)
  const late = delay_days ? `, ${Math.abs(delay_days)} days ${delay_days > 0 ? 'late' : 'early'}` : ''
  const expected = consensus === null ? 'no consensus known' : `${signed(release, consensus)} expected`
  const joined = state.merged_into ? `, with that for ${periodName(release, state.merged_into)}` : ''
  const figure = actual === null ? 'released' : `${signed(release, actual)} ${release.unit}, ${expected}`
  return {
    ...base,
    title: `${release.title} for ${period}: ${figure}${late}${joined}`,
    occurred_at: released_at,
    session: calendar.sessionHit(released_at),
    delay_days,
    actual,
    consensus,
    surprise: state.surprise === null ? null : Number(state.surprise.toPrecision(12)),
    standardized_surprise: state.standardized_surprise,
    direction: policyDirection(release, state.surprise),
    evidence: `${release.series} first print by ${state.source}${state.consensus_source ? `; consensus by ${state.consensus_source}` : ''}`,
  }
}

/** Display form of a period: 2025-09, 2025-Q3, the first day of a week, or the last day of a meeting. */
const periodName = ({ frequency }: Release, first: string): string => {
  if (frequency === 'monthly') return first.slice(0, 7)
  if (frequency === 'quarterly') return `${first.slice(0, 4)}-Q${(Number(first.slice(5, 7)) + 2) / 3}`
  return first
}

/** The day of an instant. Releases are due during the day, so New York and UTC have the same date. */
const announcement = ({ status, scheduled_at, first_scheduled_at, merged_into }: ReleaseState) => {
  const day = (instant: string | null) => instant?.slice(0, 10) ?? 'an unknown day'
  if (status === 'cancelled') return `cancelled (was due ${day(first_scheduled_at)})`
  if (status === 'merged')
    return `merged into that for ${merged_into ?? 'another period'} (was due ${day(first_scheduled_at)})`
  if (scheduled_at !== first_scheduled_at) return `moved from ${day(first_scheduled_at)} to ${day(scheduled_at)}`
  return `due ${day(scheduled_at)}${status === 'tentative' ? ', tentative' : ''}`
}

/** A figure as text. Changes are written with their sign, levels without. */
const signed = ({ measure }: Release, value: number) =>
  `${value > 0 && measure !== 'level' ? '+' : ''}${Number(value.toFixed(2))}`
