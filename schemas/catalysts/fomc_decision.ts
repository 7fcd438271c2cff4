import { defineCatalyst } from '../catalyst.ts'
import { longestSilence, releases } from '../releases.ts'
import { policyStatements } from '../tables/policy_statements.ts'
import { releaseCalendar } from '../tables/release_calendar.ts'
import { sql } from '../view.ts'
import { type ReleaseState, releaseStates, stateOf } from './shared/release.ts'

interface Candidate extends ReleaseState {
  action: 'lower' | 'raise' | 'maintain' | null
  target_lower: number | null
  target_upper: number | null
  decision: string | null
  url: string | null
}

const directions = { lower: 'dovish', raise: 'hawkish', maintain: 'neutral' } as const

export const fomcDecision = defineCatalyst<Candidate>({
  kind: 'fomc_decision',
  doc: 'A decision of the FOMC on the target range. The FOMC calendar schedules it, and the text of the statement gives the decision.',
  scope: 'market',
  unit: releases.fomc_decision.unit,
  version: 1,
  coverage: {
    signs: [
      { table: policyStatements, asked: 'calendar' },
      { table: releaseCalendar, where: { release: 'fomc_decision', status: 'released' }, asked: 'calendar' },
    ],
    longestSilence: longestSilence.meeting,
  },
  candidates: sql`
    select states.*, p.action, p.target_lower, p.target_upper, p.decision, p.url
    from (${releaseStates('fomc_decision')}) as states
    left join (
      select meeting_on, min_by(action, known_at) as action, min_by(target_lower, known_at) as target_lower,
             min_by(target_upper, known_at) as target_upper, min_by(decision, known_at) as decision, min_by(url, known_at) as url
      from ${policyStatements} group by meeting_on
    ) p on p.meeting_on = states.reference_period and states.status = 'released'
    order by states.known_at`,
  tag: (candidate, calendar) => {
    const state = stateOf('fomc_decision', candidate, calendar)
    const { action, target_lower, target_upper, decision, url } = candidate
    if (!action) return [state]
    const words = { lower: 'lowers', raise: 'raises', maintain: 'keeps' }[action]
    return [
      {
        ...state,
        title: `FOMC ${words} the target range: ${target_lower} to ${target_upper} %${state.consensus === null ? '' : `, ${state.consensus} % expected`}`,
        // The direction is that of the surprise if there is a consensus, else that of the decision.
        direction: state.direction && state.direction !== 'neutral' ? state.direction : directions[action],
        evidence: `“${decision}” (${url})`,
      },
    ]
  },
})
