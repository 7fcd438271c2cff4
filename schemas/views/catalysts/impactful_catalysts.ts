import { megaCaps } from '../../baskets.ts'
import { date, string } from '../../column.ts'
import { fundHoldings } from '../../tables/fund_holdings.ts'
import { defineView, literals, sql } from '../../view.ts'
import { firstRankReleases } from '../shared/coverage.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { speechTopics } from './speech_topics.ts'

/** Thresholds of impact, fixed beforehand. */
const heaviest = 0.03
const lateDays = 14
const surprising = 1
const unusualTopic = 0.9
/** Fewest sentences per 1,000 words. Without it, a brief mention of a rare topic would be in the top tenth. */
const moreThanPassing = 2
const tierOne = literals(firstRankReleases)

/**
 * A relation of the catalysts by session with `impact`, the reason why each could move the market, and `is_undecided`: true
 * if the rules need a figure that the evening did not know. That is the surprise of a first-rank statistic, the text of a
 * speech, or the rank of a topic among earlier speeches.
 */
export const judgedCatalysts = sql`
    with weights as (
      select c.catalyst_id, c.session, max_by(h.weight, h.session) as weight
      from ${catalystsBySession} c
      join ${fundHoldings} h
        on h.fund = 'SPY' and h.symbol = c.entity and h.known_session <= c.session
        and h.session >= cast(c.session - interval '40' day as date)
      where c.kind = 'earnings'
      group by c.catalyst_id, c.session
    ),
    speeches as (
      select * from (
        select
          concat('fed_speech:', speech_id) as catalyst_id, known_session, topic,
          case when per_1000_words >= ${moreThanPassing} and score_percentile >= ${unusualTopic} then score_percentile end as percentile,
          max(case when per_1000_words >= ${moreThanPassing} and score_percentile is null then 1 else 0 end) over (partition by speech_id) as unranked_count,
          row_number() over (
            partition by speech_id
            order by case when per_1000_words >= ${moreThanPassing} and score_percentile >= ${unusualTopic} then 0 else 1 end, score_percentile desc, topic
          ) as preference
        from ${speechTopics}
      ) as ranked
      where preference = 1
    ),
    judged as (
      select
        c.session, c.catalyst_id, c.title, c.standardized_surprise, u.catalyst_id as text_id, u.unranked_count,
        case when c.kind = 'quadruple_witching' then 'options_expiry' else c.kind end as kind,
        case
          when c.kind = 'earnings' and w.weight >= ${heaviest} then 'results of a company of 3 % of the index or more'
          when c.kind = 'earnings' and w.weight is null and c.entity in (${literals(megaCaps.symbols)}) then 'results of one of the largest companies; its weight is not in the lake'
          when c.kind in (${tierOne}) and abs(c.standardized_surprise) >= ${surprising} then 'a first-rank statistic, a standard deviation off'
          when c.kind in (${tierOne}) and c.delay_days >= ${lateDays} then 'a first-rank statistic, two weeks late or more'
          when c.kind = 'fomc_decision' then 'decision of the FOMC'
          when u.percentile is not null then concat('a speech in the top tenth on ', u.topic)
          when c.kind in ('options_expiry', 'quadruple_witching') then 'expiry'
          when c.kind = 'reported_event' then 'reported event'
        end as impact
      from ${catalystsBySession} c
      left join weights w on w.catalyst_id = c.catalyst_id and w.session = c.session
      left join speeches u on u.catalyst_id = c.catalyst_id and u.known_session <= c.session
    )
    select
      session, catalyst_id, kind, title, impact,
      impact is null and (
        (kind in (${tierOne}) and standardized_surprise is null)
        or (kind = 'fed_speech' and (text_id is null or unranked_count = 1))
      ) as is_undecided
    from judged`

export const impactfulCatalysts = defineView({
  name: 'impactful_catalysts',
  doc: 'One row per session and catalyst that could move the whole market, with the reason: results of a company with 3 % of the index or more, a top-tier release with a large surprise or a delay of two weeks, an FOMC decision, a speech with an unusual share of one topic, an expiry, or a reported event. A catalyst without a row has no such reason, or the evening did not know the figure that decides; resonance names the kinds of the latter as `undecided_kinds`.',
  grain: ['session', 'catalyst_id'],
  columns: {
    session: date('XNYS session that the catalyst hit.'),
    catalyst_id: string('Identifier of the catalyst: kind, entity and occasion.'),
    kind: string('Catalyst kind. Both kinds of expiry count as options_expiry.'),
    title: string('One line that says what happened.'),
    impact: string('Why the catalyst counts as impactful.'),
  },
  sql: sql`
    select session, catalyst_id, kind, title, impact
    from (${judgedCatalysts}
    ) as catalysts_judged
    where impact is not null
  `,
})
