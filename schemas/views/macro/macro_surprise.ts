import { bigint, date, double, string, timestamp } from '../../column.ts'
import { consensus } from '../../tables/consensus.ts'
import { defineView, sql } from '../../view.ts'
import { releaseFacts, releaseHeadlines } from '../shared/macro-figures.ts'
import { realSpread } from '../shared/spread.ts'
import { macroTimetable } from './macro_timetable.ts'
import { macroVintages } from './macro_vintages.ts'

const ofRelease = { unit: 'of the release' }

export const macroSurprise = defineView({
  name: 'macro_surprise',
  doc: 'One row per release, reference period and consensus source: the first print against the consensus known before it.',
  grain: ['release', 'reference_period', 'consensus_source'],
  isHeld: true,
  columns: {
    release: string('Name of the release, which is also its catalyst kind.'),
    series: string('Series of the headline figure.'),
    reference_period: date('First day of the reference period.'),
    released_at: timestamp('When the first print became known.'),
    known_session: date('First session on whose evening the row is known.'),
    actual: double.nullable(
      'Headline figure in its first print. The previous period is as revised at that instant.',
      ofRelease,
    ),
    unit: string('Unit of the figure.'),
    consensus_source: string.nullable('Source of the consensus. NULL if no consensus was known before the release.'),
    consensus: double.nullable('Latest consensus known before the release.', ofRelease),
    surprise: double.nullable('actual - consensus.', ofRelease),
    standardized_surprise: double.nullable(
      'surprise / standard deviation of the earlier surprises against the same source. Surprises from 2020-03 to 2021-06 are capped at the largest earlier one. NULL for fewer than 24 earlier surprises.',
      { unit: 'standard deviations' },
    ),
    policy_sign: bigint('1: a figure above consensus argues for tighter policy. -1: it argues for easier policy.'),
    prior_surprise_count: bigint('Number of earlier surprises against the same source.', { unit: 'surprises' }),
    known_basis: string('How we know the release instant: `observed`, `published` or `assumed`.'),
    source: string('Source of the figure.'),
    bronze_key: string.nullable('Bronze object of the figure.'),
  },
  sql: sql`
    with prints as (
      select * from (
        select
          v.release, v.series, reference_period, known_at, known_session, known_basis, source, bronze_key, figure as actual, v.unit, policy_sign,
          row_number() over (partition by v.series, reference_period order by known_at, source) as preference
        from ${macroVintages} v
        join ${releaseFacts} on releases.series = v.series
        where is_first_print
      ) as ranked
      where preference = 1
    ),
    -- Every day on which the release was scheduled or came, because a consensus usually names a day and not a period.
    due as (
      select release, reference_period, due_on from (
        select release, reference_period, cast(scheduled_at as date) as due_on from ${macroTimetable}
        union
        select release, reference_period, cast(known_at as date) from prints
      ) as days
      where due_on is not null
    ),
    meant as (
      -- A source can be wrong by a day: the day of the release itself comes first, then one beside it.
      select
        c.release, c.scheduled_at, c.source, c.known_at, c.consensus,
        coalesce(
          c.reference_period,
          max(case when d.due_on = cast(c.scheduled_at as date) then d.reference_period end),
          max(d.reference_period)
        ) as reference_period
      from ${consensus} c
      left join ${releaseHeadlines} on headlines.release = c.release
      left join due d on d.release in (c.release, headlines.headline)
        and d.due_on between cast(c.scheduled_at - interval '1' day as date) and cast(c.scheduled_at + interval '1' day as date)
      group by c.release, c.scheduled_at, c.source, c.known_at, c.consensus, c.reference_period
    ),
    expected as (
      select * from (
        select
          p.*, m.source as consensus_source, m.consensus, p.actual - m.consensus as surprise,
          row_number() over (partition by p.release, p.reference_period, m.source order by m.known_at desc) as age
        from prints p
        left join meant m on m.release = p.release and m.reference_period = p.reference_period and m.known_at < p.known_at
      ) as known_before
      where age = 1
    ),
    -- In later standard deviations, surprises of the pandemic are capped at the largest one before it.
    bounded as (
      select
        surprises.*,
        case
          when known_at < timestamp '2020-03-01 00:00:00' or known_at >= timestamp '2021-07-01 00:00:00' or usual is null or abs(surprise) <= usual then surprise
          else sign(surprise) * usual
        end as bounded_surprise
      from (
        select
          surprises.*,
          max(case when known_at < timestamp '2020-03-01 00:00:00' then abs(surprise) end) over (partition by release, consensus_source) as usual
        from expected as surprises
      ) as surprises
    ),
    -- A deviation much smaller than its values depends on the order in which an engine adds. Differences from the first value do not.
    shifted as (
      select
        bounded.*, bounded_surprise - max(case when place = 1 then bounded_surprise end) over (partition by release, consensus_source) as shifted_surprise
      from (
        select
          bounded.*,
          row_number() over (partition by release, consensus_source, bounded_surprise is null order by known_at, reference_period) as place
        from bounded
      ) as bounded
    ),
    spread as (
      select
        shifted.*,
        count(bounded_surprise) over w as prior_surprise_count,
        avg(bounded_surprise) over w as prior_mean,
        stddev_samp(shifted_surprise) over w as prior_spread
      from shifted
      window w as (partition by release, consensus_source order by known_at, reference_period rows between unbounded preceding and 1 preceding)
    )
    select
      release, series, reference_period, known_at as released_at, known_session, actual, unit,
      consensus_source, consensus, surprise,
      case when prior_surprise_count >= 24 then surprise / ${realSpread('prior_spread', 'prior_mean')} end as standardized_surprise,
      policy_sign, prior_surprise_count, known_basis, source, bronze_key
    from spread
  `,
})
