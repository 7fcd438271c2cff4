/** Claims about the course of the session: when it turned, when the gap was lost, and how fast it fell. */

import { turn } from '../../gather/intraday.ts'
import type { Row } from '../../gather/subject.ts'
import type { Say } from '../../language/language.ts'
import { clockAt, percent, signedPercent } from '../../language/numbers.ts'
import { type Claim, type Finding, number, verdictOf } from './claim.ts'
import { narrativeSession } from './narrative-session.ts'

/** 10:30, and how far from it still counts as about 10:30, in minutes. */
const claimedTurn = { minute: 60, within: 30 } as const
/** A half hour at least as steep that ends after noon, or a share of jumps above this on a fall, would be a free fall in the afternoon. */
const freeFall = { return: -0.02, jumpShare: 0.1 } as const
const noon = 150

const at = (minutes: number) => clockAt(narrativeSession, minutes)

const claim = (
  texts: Pick<Claim, 'id' | 'statement' | 'narrative'>,
  judge: (row: Row, say: Say) => Finding,
): Claim => ({
  ...texts,
  sql: (session) => turn.sql([session]),
  judge: ([row], say) => {
    if (!row) return { verdict: 'unknown', says: say('says_no_minutes') }
    return number(row, 'minutes_to_high') === undefined
      ? { verdict: 'unknown', says: say('says_few_minutes') }
      : judge(row, say)
  },
})

export const intradayClaims: readonly Claim[] = [
  claim({ id: 'turned', statement: 'claim_turned', narrative: 'narrative_turned' }, (row, say) => {
    const [high, below] = [number(row, 'minutes_to_high')!, number(row, 'minutes_to_turn')]
    if (below === undefined) return { verdict: 'contradicted', says: say('says_not_turned', { high: at(high) }) }
    return {
      verdict: verdictOf(Math.abs(high - claimedTurn.minute) <= claimedTurn.within),
      says: say('says_turned', { high: at(high), below: at(below) }),
    }
  }),
  claim({ id: 'gap_lost', statement: 'claim_gap_lost', narrative: 'narrative_gap_lost' }, (row, say) => {
    const [gap, lost] = [number(row, 'overnight_return'), number(row, 'minutes_to_gap_lost')]
    if (gap === undefined) return { verdict: 'unknown', says: say('says_no_previous_minutes') }
    if (gap <= 0) return { verdict: 'contradicted', says: say('says_no_gap', { gap: signedPercent(gap) }) }
    return {
      verdict: verdictOf(lost !== undefined),
      says: lost === undefined ? say('says_gap_kept') : say('says_gap_lost', { at: at(lost) }),
    }
  }),
  claim({ id: 'free_fall', statement: 'claim_free_fall', narrative: 'narrative_free_fall' }, (row, say) => {
    const [steepest, end, jumps, change] = [
      'steepest_30_return',
      'minutes_to_steepest_30',
      'jump_share',
      'session_return',
    ].map((name) => number(row, name))
    if (steepest === undefined || end === undefined || jumps === undefined || change === undefined)
      return { verdict: 'unknown', says: say('says_few_minutes') }
    return {
      verdict: verdictOf(end > noon && (steepest <= freeFall.return || (jumps > freeFall.jumpShare && change < 0))),
      says: say('says_free_fall', { steepest: signedPercent(steepest), at: at(end), jumps: percent(jumps) }),
    }
  }),
]
