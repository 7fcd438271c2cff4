import { bigint, date, double, string } from '../../column.ts'
import { systemicRisk } from '../../tables/systemic_risk.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { expandingRanks } from '../shared/expanding-ranks.ts'
import { basketComovement } from './basket_comovement.ts'

const placed = ['average_correlation_20', 'turbulence'] as const

const observations = sql`
  select c.basket, c.session, average_correlation_20, turbulence
  from ${basketComovement} c
  left join ${systemicRisk} r on r.basket = c.basket and r.session = c.session`

/** The same percentiles by the rank among the rows of a frame. Trino has no such rank. */
const ranked = sql`
  select
    basket, session,
    row_number() over so_far as observation_count,
    ${join(
      placed.map((name) =>
        raw(
          `${name}, case when ${name} is not null and count(${name}) over so_far >= 252 then cast(count(${name}) over so_far - rank(order by ${name} desc nulls last) over so_far + 1 as double) / count(${name}) over so_far end as ${name}_percentile`,
        ),
      ),
      ',\n',
    )}
  from (${observations}
  ) as observations
  window so_far as (partition by basket order by session rows between unbounded preceding and current row)`

export const comovementPercentiles = defineView({
  name: 'comovement_percentiles',
  doc: 'One row per basket and session: correlation and turbulence, with their percentiles in their history.',
  grain: ['basket', 'session'],
  // The expanding percentile of a row depends on all earlier rows.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY, embedded: ranked },
  columns: {
    basket: string('Name of the group.'),
    session: date('XNYS session.'),
    average_correlation_20: double.nullable('Mean pairwise correlation of returns over 20 sessions.', {
      unit: 'ratio',
    }),
    average_correlation_20_percentile: double.nullable(
      'Share of all values so far that are not above this one. NULL for fewer than 252 values.',
      { unit: 'fraction' },
    ),
    turbulence: double.nullable(
      'Squared Mahalanobis distance of the returns from their recent distribution, per symbol. About 1 on average.',
      { unit: 'ratio' },
    ),
    turbulence_percentile: double.nullable(
      'Share of all values so far that are not above this one. NULL for fewer than 252 values.',
      {
        unit: 'fraction',
      },
    ),
    observation_count: bigint('Number of sessions so far.', { unit: 'sessions' }),
  },
  sql: sql`
    with observations as (${observations}
    ),
    series as (
      select basket, measure, session, case measure ${join(
        placed.map((name) => raw(`when '${name}' then ${name}`)),
        ' ',
      )} end as value
      from observations
      cross join (values ${join(
        placed.map((name) => raw(`('${name}')`)),
        ', ',
      )}) as measures (measure)
    ),
    ranks as (${expandingRanks('series', 'basket, measure')}
    ),
    places as (
      select
        basket, session,
        ${join(
          placed.map((name) =>
            raw(
              `max(case when measure = '${name}' and value_count >= 252 then cast(lower_count + equal_count as double) / value_count end) as ${name}_percentile`,
            ),
          ),
          ',\n',
        )}
      from ranks
      group by basket, session
    )
    select
      o.basket, o.session,
      row_number() over (partition by o.basket order by o.session) as observation_count,
      ${join(
        placed.map((name) => raw(`${name}, ${name}_percentile`)),
        ',\n',
      )}
    from observations o
    left join places p on p.basket = o.basket and p.session = o.session
  `,
})
