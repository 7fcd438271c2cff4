/** Claims about the catalysts, their resonance, and what followed. */
import { benchmark } from '../../../schemas/baskets.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { catalystCoverage } from '../../../schemas/views/catalysts/catalyst_coverage.ts'
import { catalystsBySession } from '../../../schemas/views/catalysts/catalysts_by_session.ts'
import { speechTopics } from '../../../schemas/views/catalysts/speech_topics.ts'
import { firstRankReleases } from '../../../schemas/views/shared/coverage.ts'
import { date } from '../../fragments.ts'
import { missingKinds, reactions, resonance } from '../../gather/catalysts.ts'
import { followed } from '../../gather/followed.ts'
import type { Row } from '../../gather/subject.ts'
import type { Say } from '../../language/language.ts'
import { plainNames } from '../../language/names.ts'
import { clock, percent, signedPercent, signedPoints } from '../../language/numbers.ts'
import { told } from '../../language/told.ts'
import { type Claim, isAbove, levelOf, number, truth, verdictOf, written } from './claim.ts'

const names = (row: Row, name: string) => (row[name] === null ? null : String(row[name]))

/** How many kinds hit, and of which kinds it is unknown. */
const hitText = (row: Row, say: Say): string => {
  const [uncovered_kinds, undecided_kinds] = [names(row, 'uncovered_kinds'), names(row, 'undecided_kinds')]
  const missing = plainNames(missingKinds({ uncovered_kinds, undecided_kinds }).join(','), say)
  const count = number(row, 'kind_count')
  if (count === undefined) return say('hit_unknown', { missing })
  const known = { count, kinds: row.kinds === null ? say('none') : plainNames(String(row.kinds), say) }
  return missing ? say('hit_at_least', { ...known, missing }) : say('hit_known', known)
}

export const eventClaims: readonly Claim[] = [
  {
    id: 'good_and_sold',
    statement: 'claim_sold',
    narrative: 'narrative_sold',
    sql: reactions,
    judge: (rows, say) => {
      const judged = rows.filter((row) => truth(row, 'is_sell_the_news') !== undefined)
      const row = judged.find((each) => each.is_sell_the_news) ?? judged[0] ?? rows[0]
      if (!row) return { verdict: 'unknown', says: say('says_no_results') }
      return {
        verdict: verdictOf(truth(row, 'is_sell_the_news')),
        says: say(judged.length ? 'says_sold' : 'says_sold_unknown', {
          symbol: String(row.symbol),
          surprise: written(number(row, 'revenue_surprise') ?? number(row, 'eps_surprise'), signedPercent, say),
          gap: written(number(row, 'gap_return'), signedPercent, say),
          close: written(number(row, 'close_return'), signedPercent, say),
        }),
      }
    },
  },
  {
    id: 'second_derivative',
    statement: 'claim_slowing',
    narrative: 'narrative_slowing',
    sql: reactions,
    judge: (rows, say) => {
      const row = rows.find((each) => number(each, 'revenue_acceleration') !== undefined)
      if (!row) return { verdict: 'unknown', says: say(rows.length ? 'says_growth_unknown' : 'says_no_results') }
      const acceleration = number(row, 'revenue_acceleration')!
      return {
        verdict: verdictOf(acceleration < 0),
        says: say('says_growth', {
          symbol: String(row.symbol),
          growth: written(number(row, 'revenue_growth'), signedPercent, say),
          acceleration: signedPoints(acceleration),
        }),
      }
    },
  },
  {
    id: 'late_release',
    statement: 'claim_late',
    blanks: (levels) => levelOf('longest_delay_days', levels),
    narrative: 'narrative_late',
    sql: (session) => sql`
      select c.kind, c.is_covered, h.title, h.scheduled_at, h.occurred_at, h.delay_days, h.actual, h.consensus
      from ${catalystCoverage} c
      left join (
        select * from ${catalystsBySession} where session = ${date(session)} and actual is not null
      ) h on h.kind = c.kind
      where c.session = ${date(session)} and (h.kind is not null or c.kind in (${literals(firstRankReleases)}))
      order by case when h.delay_days is null then 1 else 0 end, h.delay_days desc, c.kind, h.catalyst_id`,
    judge: (rows, say, levels) => {
      const [row] = rows
      const delay = number(row, 'delay_days')
      if (delay === undefined) return { verdict: 'unknown', says: say('says_no_release') }
      const isLate = isAbove('longest_delay_days', delay, levels)
      // A release without a known schedule, or one that no source covers, may have been later.
      const missing = rows
        .filter((each) => (each.title === null ? !each.is_covered : number(each, 'delay_days') === undefined))
        .map(({ kind }) => String(kind))
      const isOpen = !isLate && missing.length > 0
      return {
        verdict: isOpen ? 'unknown' : verdictOf(isLate),
        says: say(isOpen ? 'says_late_unknown' : 'says_late', {
          title: told(String(row!.title), say),
          due: clock(String(row!.scheduled_at)),
          came: clock(String(row!.occurred_at)),
          ...(isOpen ? { missing: plainNames(missing.join(','), say) } : {}),
        }),
      }
    },
  },
  {
    id: 'private_credit',
    statement: 'claim_governor',
    narrative: 'narrative_governor',
    sql: (session) => sql`
      select c.entity as speaker, c.title, t.sentence_count, t.score_percentile, t.novelty, t.earlier_speech_count
      from ${catalystsBySession} c
      left join ${speechTopics} t on c.catalyst_id like '%' || t.speech_id and t.topic = 'private_credit'
      where c.session = ${date(session)} and c.kind = 'fed_speech'
      order by t.sentence_count desc nulls last, c.catalyst_id`,
    judge: ([row], say) => {
      if (!row) return { verdict: 'unknown', says: say('says_no_speech') }
      const novelty = number(row, 'novelty')
      const speaker = String(row.speaker)
      if (number(row, 'sentence_count') === undefined)
        return { verdict: 'unknown', says: say('says_no_text', { speaker }) }
      return {
        verdict: verdictOf(novelty === undefined ? undefined : novelty === 1),
        says: say('says_governor', {
          speaker,
          count: number(row, 'sentence_count')!,
          novelty: written(novelty === undefined ? undefined : 1 - novelty, percent, say),
        }),
      }
    },
  },
  {
    id: 'resonance',
    statement: 'claim_resonance',
    narrative: 'narrative_resonance',
    sql: (session) => resonance.sql([session]),
    judge: ([row], say) => {
      const rate = number(row, 'kinds_base_rate')
      return {
        verdict: verdictOf(truth(row, 'is_resonance')),
        says: row
          ? say('says_resonance', {
              hit: hitText(row, say),
              ground: say(
                row.is_fragile_before === null
                  ? 'ground_unknown'
                  : row.is_fragile_before
                    ? 'ground_fragile'
                    : 'ground_firm',
              ),
              rate: rate === undefined ? '' : say('says_resonance_rate', { rate: percent(rate) }),
            })
          : say('says_no_catalysts'),
      }
    },
  },
  {
    id: 'crash_followed',
    statement: 'claim_crash',
    narrative: 'narrative_crash',
    isLater: true,
    sql: followed,
    judge: (rows, say) => {
      const row = rows.find(({ symbol }) => symbol === benchmark.index)
      const isFall = truth(row, 'is_drawdown_5')
      const after = (name: string) => written(number(row, name), signedPercent, say)
      return {
        verdict: verdictOf(isFall),
        says:
          isFall === undefined
            ? say('says_crash_open', { next: after('forward_return_1'), week: after('forward_return_5') })
            : say(isFall ? 'says_crash' : 'says_no_crash', {
                lowest: after('forward_minimum_return_20'),
                next: after('forward_return_1'),
                week: after('forward_return_5'),
                month: after('forward_return_21'),
              }),
      }
    },
  },
]
