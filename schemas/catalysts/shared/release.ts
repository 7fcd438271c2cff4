/** The rule for scheduled statistics: announced, perhaps delayed, cancelled or merged, then printed. */
import { type CalendarFacts, type CatalystRow, defineCatalyst, type Known, knownAs, unsaid } from '../../catalyst.ts'
import { type Release, type ReleaseName, releases } from '../../releases.ts'
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

/** States of the timetable of a release, with the first print and what was expected of it. What is out since nobody here knows when hit no session that could be named. */
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

/** Defines the catalyst kind of a release. */
export const releaseCatalyst = (name: ReleaseName, doc: string) =>
  defineCatalyst<ReleaseState>({
    kind: name,
    doc,
    scope: 'market',
    version: 2,
    candidates: releaseStates(name),
    tag: (state, calendar) => [stateOf(name, state, calendar)],
  })

/** Days in New York from the first schedule to the release; NULL if it was never announced or is not out. */
export const delayOf = (
  { first_scheduled_at, released_at }: Pick<ReleaseState, 'first_scheduled_at' | 'released_at'>,
  calendar: CalendarFacts,
): number | null => (first_scheduled_at && released_at ? calendar.daysBetween(first_scheduled_at, released_at) : null)

/** Hot or cold against consensus, in terms of policy; a change below the last printed digit is none. */
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

/** A period as people write it: 2025-09, 2025-Q3, or the day that begins a week or ends a meeting. */
const periodName = ({ frequency }: Release, first: string): string => {
  if (frequency === 'monthly') return first.slice(0, 7)
  if (frequency === 'quarterly') return `${first.slice(0, 4)}-Q${(Number(first.slice(5, 7)) + 2) / 3}`
  return first
}

/** Dates as announced; releases are due in daytime, so that New York and UTC agree on the day. */
const announcement = ({ status, scheduled_at, first_scheduled_at, merged_into }: ReleaseState) => {
  const day = (instant: string | null) => instant?.slice(0, 10) ?? 'an unknown day'
  if (status === 'cancelled') return `cancelled (was due ${day(first_scheduled_at)})`
  if (status === 'merged')
    return `merged into that for ${merged_into ?? 'another period'} (was due ${day(first_scheduled_at)})`
  if (scheduled_at !== first_scheduled_at) return `moved from ${day(first_scheduled_at)} to ${day(scheduled_at)}`
  return `due ${day(scheduled_at)}${status === 'tentative' ? ', tentative' : ''}`
}

/** Changes carry their sign, levels do not. */
const signed = ({ measure }: Release, value: number) =>
  `${value > 0 && measure !== 'level' ? '+' : ''}${Number(value.toFixed(2))}`
