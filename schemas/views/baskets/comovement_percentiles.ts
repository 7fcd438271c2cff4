import { bigint, date, double, string } from '../../column.ts'
import { systemicRisk } from '../../tables/systemic_risk.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { basketComovement } from './basket_comovement.ts'

const placed = ['average_correlation_20', 'turbulence'] as const

export const comovementPercentiles = defineView({
  name: 'comovement_percentiles',
  doc: 'One row per basket and session: correlation and turbulence, with their percentiles in their history.',
  grain: ['basket', 'session'],
  // The expanding percentile of a row depends on all earlier rows.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY },
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
    with observations as (
      select c.basket, c.session, average_correlation_20, turbulence
      from ${basketComovement} c
      left join ${systemicRisk} r on r.basket = c.basket and r.session = c.session
    ),
    placed as (
      select
        t.basket, t.session,
        count(*) as observation_count,
        ${join(
          placed.map((name) =>
            raw(
              `max(t.${name}) as ${name}, count(p.${name}) as ${name}_count, sum(case when p.${name} <= t.${name} then 1 else 0 end) as ${name}_not_above`,
            ),
          ),
          ',\n',
        )}
      from observations t
      join observations p on p.basket = t.basket and p.session <= t.session
      group by t.basket, t.session
    )
    select
      basket, session, observation_count,
      ${join(
        placed.map((name) =>
          raw(
            `${name}, case when ${name}_count >= 252 and ${name} is not null then cast(${name}_not_above as double) / ${name}_count end as ${name}_percentile`,
          ),
        ),
        ',\n',
      )}
    from placed
  `,
})
