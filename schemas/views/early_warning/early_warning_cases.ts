import { benchmark } from '../../baskets.ts'
import { bigint, date, double } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, literals, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { midRanks } from '../shared/mid-ranks.ts'
import { earlyWarning } from './early_warning.ts'

const fraction = { unit: 'fraction' }
const week = 5
const horizon = 20

const rise = (part: string) =>
  double.nullable(
    `Change of early_warning over ${week} sessions that ${part} brought: the change of its percentile, divided by three.`,
    fraction,
  )

export const earlyWarningCases = defineView({
  name: 'early_warning_cases',
  doc: `One row per session with early warning: how often earlier sessions at such a level were followed by a fall, counting only what had happened by that evening. A level is a tenth of the scale. A fall is a lowest close of the next ${horizon} sessions that is 5 % or more below the close of the S&P 500.`,
  grain: ['session'],
  columns: {
    session: date('XNYS session.'),
    early_warning: double('Early warning.', fraction),
    percentile: double.nullable(
      'Mid-rank percentile of early_warning in its history up to this session. NULL for fewer than 252 values.',
      fraction,
    ),
    change_5: double.nullable(`Change of early_warning over ${week} sessions.`, fraction),
    vix_change_5: rise('VIX'),
    term_structure_change_5: rise('the term structure'),
    credit_change_5: rise('credit stress'),
    level_from: double('Lower end of the level: the tenth of the scale that holds early_warning.', fraction),
    case_count: bigint('Earlier sessions at this level whose next 20 sessions had passed.', { unit: 'sessions' }),
    fall_share: double.nullable('Share of them that a fall followed. NULL if there are none.', fraction),
    fall_low_95: double.nullable(
      'Lower end of the 95 % interval of that share (Wilson). Sessions overlap, so that 20 of them count as one observation.',
      fraction,
    ),
    fall_high_95: double.nullable('Upper end of the same interval.', fraction),
    base_count: bigint('Earlier sessions at any level whose next 20 sessions had passed.', { unit: 'sessions' }),
    base_rate: double.nullable('Share of them that a fall followed.', fraction),
  },
  sql: sql`
    with known as (
      select
        e.session, s.session_number, early_warning, vix_close_percentile, vix_term_structure_percentile, credit_stress_63_percentile,
        case when early_warning >= 1e0 then 9 else cast(floor(early_warning * 1e1) as bigint) end as level
      from ${earlyWarning} e
      join ${sessions} s on s.session = e.session
      where early_warning is not null
    ),
    compared as (
      select
        known.*,
        case when lag(session_number, ${week}) over w = session_number - ${week} then early_warning - lag(early_warning, ${week}) over w end as change_5,
        case when lag(session_number, ${week}) over w = session_number - ${week} then (vix_close_percentile - lag(vix_close_percentile, ${week}) over w) / 3e0 end as vix_change_5,
        case when lag(session_number, ${week}) over w = session_number - ${week} then (vix_term_structure_percentile - lag(vix_term_structure_percentile, ${week}) over w) / 3e0 end as term_structure_change_5,
        case when lag(session_number, ${week}) over w = session_number - ${week} then (credit_stress_63_percentile - lag(credit_stress_63_percentile, ${week}) over w) / 3e0 end as credit_change_5
      from known
      window w as (order by session)
    ),
    -- On a session it is known whether the market fell after the one of 20 sessions before.
    outcomes as (
      select
        session_number - ${horizon} as about_number,
        case when lag(session_number, ${horizon}) over w = session_number - ${horizon}
          then case when min(close) over (order by session rows between ${horizon - 1} preceding and current row) / lag(close, ${horizon}) over w - 1 <= -5e-2 + 1e-12 then 1 else 0 end
        end as fell
      from ${dailyBarsAsKnown}
      where symbol = ${literals([benchmark.index])}
      window w as (order by session)
    ),
    cases as (
      select known.level, about_number + ${horizon} as known_number, fell
      from outcomes
      join known on known.session_number = about_number
      where fell is not null
    ),
    counted as (
      select
        compared.session,
        count(cases.fell) as base_count,
        sum(cases.fell) as base_falls,
        count(case when cases.level = compared.level then cases.fell end) as case_count,
        sum(case when cases.level = compared.level then cases.fell end) as falls
      from compared
      join cases on cases.known_number <= compared.session_number
      group by compared.session
    ),
    shares as (
      select
        compared.session, coalesce(base_count, 0) as base_count, coalesce(case_count, 0) as case_count,
        cast(base_falls as double) / nullif(base_count, 0) as base_rate,
        cast(falls as double) / nullif(case_count, 0) as fall_share,
        -- z squared of 95 % (3.8415) over the number of independent observations.
        3.841458820694124e0 / nullif(case_count / 2e1, 0) as z_squared
      from compared
      left join counted on counted.session = compared.session
    ),
    parts as (select 'early_warning' as part, session, early_warning as value from known),
    placed as (${midRanks('parts', 252)}
    )
    select
      compared.session, compared.early_warning, placed.percentile, change_5, vix_change_5, term_structure_change_5, credit_change_5,
      cast(compared.level as double) / 1e1 as level_from,
      case_count, fall_share,
      case when (fall_share + z_squared / 2e0 - sqrt(z_squared * fall_share * (1e0 - fall_share) + z_squared * z_squared / 4e0)) / (1e0 + z_squared) < 1e-12 then 0e0
        else (fall_share + z_squared / 2e0 - sqrt(z_squared * fall_share * (1e0 - fall_share) + z_squared * z_squared / 4e0)) / (1e0 + z_squared) end as fall_low_95,
      (fall_share + z_squared / 2e0 + sqrt(z_squared * fall_share * (1e0 - fall_share) + z_squared * z_squared / 4e0)) / (1e0 + z_squared) as fall_high_95,
      base_count, base_rate
    from compared
    join shares on shares.session = compared.session
    join placed on placed.session = compared.session
  `,
})
