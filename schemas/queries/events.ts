/** Catalysts: what hit, how late, how unexpected, how often together. */
import { sql } from '../view.ts'
import { catalystEffects } from '../views/catalysts/catalyst_effects.ts'
import { catalystsBySession } from '../views/catalysts/catalysts_by_session.ts'
import { earningsGrowth } from '../views/catalysts/earnings_growth.ts'
import { earningsReactions } from '../views/catalysts/earnings_reactions.ts'
import { resonance } from '../views/catalysts/resonance.ts'
import { speechTopics } from '../views/catalysts/speech_topics.ts'
import { macroSurprise } from '../views/macro/macro_surprise.ts'
import { macroTimetable } from '../views/macro/macro_timetable.ts'
import { macroVintages } from '../views/macro/macro_vintages.ts'
import { overdueReleases } from '../views/macro/overdue_releases.ts'
import type { SavedQuery } from './query.ts'

export const eventQueries: readonly SavedQuery[] = [
  {
    name: 'catalysts',
    doc: 'What hit each session: when it was due, what was expected, what came.',
    sql: sql`
      select session, kind, title, scheduled_at, occurred_at, delay_days, actual, consensus, surprise
      from ${catalystsBySession}
      order by session desc, kind, title
      limit 500`,
  },
  {
    name: 'late_releases',
    doc: 'Releases that came a week late or more.',
    sql: sql`
      select release, reference_period, first_scheduled_at, released_at, delay_days
      from ${macroTimetable}
      where status = 'released' and delay_days >= 7
      order by released_at desc, release
      limit 200`,
  },
  {
    name: 'release_delays',
    doc: 'How late each release came, by the year of its schedule: the mean and the longest delay.',
    sql: sql`
      select
        release,
        year(first_scheduled_at) as scheduled_in,
        count(*) as release_count,
        cast(sum(case when delay_days > 0 then 1 else 0 end) as bigint) as late_count,
        cast(sum(delay_days) as double) / count(*) as mean_delay_days,
        max(delay_days) as longest_delay_days
      from ${macroTimetable}
      where status = 'released' and delay_days is not null
      group by release, year(first_scheduled_at)
      order by scheduled_in desc, release`,
  },
  {
    name: 'overdue',
    isHeavy: true,
    doc: 'Releases overdue on the evening of the latest session that knows of any.',
    sql: sql`
      select session, release, reference_period, status, first_scheduled_at, overdue_days, weight
      from ${overdueReleases}
      where session in (select max(session) from ${overdueReleases})
      order by overdue_days desc, release`,
  },
  {
    name: 'macro_surprises',
    doc: 'First prints against what was expected before them.',
    sql: sql`
      select release, reference_period, released_at, actual, consensus, surprise, standardized_surprise, policy_sign
      from ${macroSurprise}
      where surprise is not null
      order by released_at desc, release, consensus_source
      limit 200`,
  },
  {
    name: 'revisions',
    doc: 'Figures that were revised, by how much and when that became known.',
    sql: sql`
      select series, reference_period, vintage, figure, revision, unit, known_at
      from ${macroVintages}
      where vintage > 1 and revision <> 0
      order by known_at desc, series, reference_period, source
      limit 200`,
  },
  {
    name: 'sold_good_news',
    isHeavy: true,
    doc: 'Results and what the share did: which were good and sold.',
    sql: sql`
      select symbol, session, revenue_surprise, eps_surprise, guidance_surprise, revenue_acceleration, gap_return, close_return, is_sell_the_news
      from ${earningsReactions}
      order by session desc, symbol
      limit 200`,
  },
  {
    name: 'growth',
    doc: 'Revenue growth over a year and whether it speeds up, quarter by quarter, as first filed.',
    sql: sql`
      select symbol, period_end, value, year_on_year, year_on_year_acceleration, known_session
      from ${earningsGrowth}
      where concept = 'revenue' and year_on_year is not null
      order by period_end desc, symbol, source
      limit 200`,
  },
  {
    name: 'private_credit_speeches',
    doc: 'Speeches about private credit, how unusual each was, and how new to the speaker.',
    sql: sql`
      select held_at, speaker, role, sentence_count, per_1000_words, score_percentile, novelty
      from ${speechTopics}
      where topic = 'private_credit' and sentence_count > 0
      order by held_at desc, speaker
      limit 100`,
  },
  {
    name: 'resonances',
    doc: 'Sessions that several kinds of catalysts hit at once, and whether the market was known fragile.',
    sql: sql`
      select session, kind_count, kinds, unknown_kind_count, depth_ratio_before, net_gamma_before, is_resonance, kinds_base_rate
      from ${resonance}
      where kind_count >= 2
      order by session desc
      limit 200`,
  },
  {
    name: 'usual_effects',
    isHeavy: true,
    doc: 'What usually happens around a kind of catalyst; looks forward from each.',
    sql: sql`
      select kind, symbol, event_event_count, event_mean, event_positive_share, event_t_statistic, around_mean
      from ${catalystEffects}
      order by event_event_count desc, kind, symbol`,
  },
]
