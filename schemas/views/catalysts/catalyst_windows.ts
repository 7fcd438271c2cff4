import { benchmark } from '../../baskets.ts'
import { bigint, date, double, string } from '../../column.ts'
import { catalysts } from '../../tables/catalysts.ts'
import { defineView, literals, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { fineSum } from '../shared/steady-sum.ts'

const logReturn = { unit: 'log points' }
const index = literals([benchmark.index])

/** The estimation window and the event window, in sessions from the event. */
const estimation = { from: 260, to: 11 }
const usual = { from: 60, to: 6 }
const shown = 5
/** A residual variance below this share of the variance is zero. */
const explained = 1e-12

export const catalystWindows = defineView({
  name: 'catalyst_windows',
  doc: 'One row per catalyst and session, from five sessions before the event to five after it: the abnormal return by a market model estimated on the year before (MacKinlay 1997). For a market catalyst, the abnormal return is the return of the index minus its mean. Rows after the event look forward from it.',
  grain: ['catalyst_id', 'event_time'],
  role: 'fact',
  columns: {
    catalyst_id: string('Identifier of the catalyst: kind, entity and occasion.'),
    kind: string('Catalyst kind.'),
    symbol: string('Symbol whose return is measured: the company or, for a market catalyst, the index.'),
    event_session: date('Session that the catalyst hit, as known now.'),
    event_time: bigint('Sessions from the event. 0 is the session that the catalyst hit.', { unit: 'sessions' }),
    session: date('XNYS session.'),
    log_return: double('Log return of the symbol.', logReturn),
    market_log_return: double.nullable('Log return of the index; NULL for a market catalyst.', logReturn),
    abnormal_return: double('log_return less what the model expects.', logReturn),
    cumulative_abnormal_return: double.nullable(
      'Sum of abnormal returns from event_time -5 on; NULL after a missing bar.',
      logReturn,
    ),
    cumulative_abnormal_return_since: double.nullable(
      'Sum from event_time 0 on; NULL before it and after a missing bar.',
      logReturn,
    ),
    t_statistic: double.nullable('abnormal_return / residual_deviation.', { unit: 'ratio' }),
    alpha: double('Intercept of the model.', logReturn),
    beta: double.nullable(
      'Slope of the model on the index. NULL for a market catalyst, and if the index did not move.',
      {
        unit: 'ratio',
      },
    ),
    residual_deviation: double(
      'Standard error of the residuals, with n - 2 degrees of freedom (n - 1 for a mean).',
      logReturn,
    ),
    estimation_count: bigint('Number of sessions on which the model is estimated: 250, from event_time -260 to -11.', {
      unit: 'sessions',
    }),
    abnormal_volume: double.nullable(
      'ln(volume) minus its mean over event_time -60 to -6, on one share basis. NULL without volumes.',
      logReturn,
    ),
    abnormal_range: double.nullable('(high - low) / previous close, divided by its mean over event_time -60 to -6.', {
      unit: 'ratio',
    }),
  },
  sql: sql`
    with market as (
      select session, ln(close / previous_close) as market_log_return
      from ${dailyBarsAsKnown}
      where previous_close > 0 and symbol = ${index}
    ),
    states as (
      select * from (
        select c.*, row_number() over (partition by catalyst_id order by known_at desc) as age from ${catalysts} c
      ) as all_states
      where age = 1 and session is not null
    ),
    events as (
      select catalyst_id, kind, session, case when scope = 'company' then entity else ${index} end as symbol from states
    ),
    -- Volumes are on the share basis of the first bar of the symbol. Few bars follow a split, so that these are added up apart.
    splits as (
      select
        symbol, session as from_session,
        coalesce(lead(session) over (partition by symbol order by session), date '9999-12-31') as until_session,
        sum(ln(price_basis)) over (partition by symbol order by session) as log_basis
      from ${dailyBarsAsKnown}
      where previous_close > 0 and price_basis <> 1
    ),
    -- A place is the number of a session in the exchange calendar, so that a missing bar leaves a gap.
    paired as (
      select
        b.symbol, b.session, ln(b.close / b.previous_close) as log_return,
        ln(nullif(cast(b.volume as double), 0)) + coalesce(x.log_basis, 0e0) as log_volume,
        case when b.has_range then (b.high - b.low) / b.previous_close end as range_fraction,
        case when b.symbol <> ${index} then m.market_log_return end as market_log_return,
        b.session_number as place
      from ${dailyBarsAsKnown} b
      join (select distinct symbol from events) w on w.symbol = b.symbol
      join market m on m.session = b.session
      left join splits x on x.symbol = b.symbol and x.from_session <= b.session and x.until_session > b.session
      where b.previous_close > 0
    ),
    centers as (
      select distinct p.symbol, p.session, p.place
      from paired p
      join events e on e.symbol = p.symbol and e.session = p.session
    ),
    -- The window of the model ends at event_time -11, that of usual volume and range at -6.
    near_rows as (
      select
        c.symbol, c.session, c.place,
        case when p.place <= c.place - ${estimation.to} then p.log_return end as log_return,
        case when p.place <= c.place - ${estimation.to} then p.market_log_return end as market_log_return,
        case when p.place >= c.place - ${usual.from} then p.log_volume end as log_volume,
        case when p.place >= c.place - ${usual.from} then p.range_fraction end as range_fraction
      from centers c
      join paired p on p.symbol = c.symbol and p.place between c.place - ${estimation.from} and c.place - ${usual.to}
    ),
    -- Sums that do not depend on the order of the rows.
    sums as (
      select
        symbol, session, place,
        count(log_return) as n,
        ${fineSum('log_return', 30)} as returns,
        ${fineSum('log_return * log_return', 30)} as squares,
        ${fineSum('market_log_return', 30)} as market_returns,
        ${fineSum('market_log_return * market_log_return', 30)} as market_squares,
        ${fineSum('log_return * market_log_return', 30)} as products,
        case when count(log_volume) = ${usual.from - usual.to + 1} then ${fineSum('log_volume', 25)} end as volumes,
        case when count(range_fraction) = ${usual.from - usual.to + 1} then ${fineSum('range_fraction', 25)} end as ranges
      from near_rows
      group by symbol, session, place
      having count(log_return) = ${estimation.from - estimation.to + 1}
    ),
    estimates as (
      select
        symbol, session, place, n,
        returns / n as mean_return,
        case when squares - returns * returns / n <= ${explained} * squares then 0e0 else (squares - returns * returns / n) / (n - 1) end as variance,
        market_returns / n as mean_market,
        case
          when market_squares - market_returns * market_returns / n > ${explained} * market_squares
          then (market_squares - market_returns * market_returns / n) / (n - 1)
        end as market_variance,
        (products - returns * market_returns / n) / (n - 1) as covariance,
        volumes / ${usual.from - usual.to + 1} as usual_volume,
        ranges / ${usual.from - usual.to + 1} as usual_range
      from sums
    ),
    models as (
      select
        symbol, session, place, n, usual_volume, usual_range,
        covariance / market_variance as beta,
        mean_return - coalesce(covariance / market_variance * mean_market, 0) as alpha,
        sqrt(
          case
            when covariance is null or market_variance is null then variance
            -- What rounding leaves of a share that the index explains entirely may be below zero.
            when variance - covariance * covariance / market_variance <= ${explained} * variance then 0e0
            else (n - 1) * (variance - covariance * covariance / market_variance) / (n - 2)
          end
        ) as residual_deviation
      from estimates
    ),
    windows as (
      select
        m.symbol, m.session as event_session, p.place - m.place as event_time, p.session, p.log_return, p.market_log_return,
        m.alpha, m.beta, m.residual_deviation, m.n,
        p.log_return - m.alpha - coalesce(m.beta * p.market_log_return, 0) as abnormal_return,
        p.log_volume - m.usual_volume as abnormal_volume,
        p.range_fraction / nullif(m.usual_range, 0) as abnormal_range
      from models m
      join paired p on p.symbol = m.symbol and p.place between m.place - ${shown} and m.place + ${shown}
    ),
    summed as (
      select
        windows.*,
        case
          when count(abnormal_return) over w = event_time + ${shown + 1} then sum(abnormal_return) over w
        end as cumulative_abnormal_return,
        case
          when count(case when event_time >= 0 then abnormal_return end) over w = event_time + 1
          then sum(case when event_time >= 0 then abnormal_return end) over w
        end as cumulative_abnormal_return_since
      from windows
      window w as (partition by symbol, event_session order by event_time rows between unbounded preceding and current row)
    )
    select
      e.catalyst_id, e.kind, s.symbol, s.event_session, s.event_time, s.session, log_return, market_log_return,
      abnormal_return, cumulative_abnormal_return, cumulative_abnormal_return_since,
      abnormal_return / nullif(residual_deviation, 0) as t_statistic,
      alpha, beta, residual_deviation, n as estimation_count, abnormal_volume, abnormal_range
    from summed s
    join events e on e.symbol = s.symbol and e.session = s.event_session
  `,
})
