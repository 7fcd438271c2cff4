import { defineCatalyst, knownAs, unsaid } from '../catalyst.ts'
import { longestSilence } from '../releases.ts'
import { releaseCalendar } from '../tables/release_calendar.ts'
import { delayOf, type ReleaseState, releaseStates } from './shared/release.ts'

export const fomcMinutes = defineCatalyst<ReleaseState>({
  kind: 'fomc_minutes',
  doc: 'Release of the minutes of an FOMC meeting, three weeks after the meeting.',
  scope: 'market',
  version: 1,
  coverage: {
    signs: [{ table: releaseCalendar, where: { release: 'fomc_minutes', status: 'released' }, asked: 'calendar' }],
    longestSilence: longestSilence.meeting,
  },
  candidates: releaseStates('fomc_minutes'),
  tag: (state, calendar) => [
    {
      ...unsaid,
      catalyst_id: `fomc_minutes:${state.reference_period}`,
      entity: 'Federal Open Market Committee',
      status: state.status,
      title: `Minutes of the FOMC meeting of ${state.reference_period}${state.released_at ? '' : `, due ${state.scheduled_at?.slice(0, 10)}`}`,
      reference_period: state.reference_period,
      scheduled_at: state.first_scheduled_at,
      occurred_at: state.released_at,
      session: state.released_at ? calendar.sessionHit(state.released_at) : null,
      delay_days: delayOf(state, calendar),
      evidence: `as shown by ${state.source}`,
      ...knownAs(state),
    },
  ],
})
