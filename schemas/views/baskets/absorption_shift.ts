import { date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { systemicRisk } from '../../tables/systemic_risk.ts'
import { defineView, raw, sql } from '../../view.ts'
import { full, unbroken } from '../shared/as-known.ts'
import { realSpread } from '../shared/spread.ts'

export const absorptionShift = defineView({
  name: 'absorption_shift',
  doc: 'One row per basket and session: the shift of the absorption ratio against its last 252 sessions. Kritzman, Li, Page and Rigobon 2011.',
  grain: ['basket', 'session'],
  columns: {
    basket: string('Name of the group.'),
    session: date('XNYS session.'),
    absorption_ratio: double.nullable(
      'Share of the total variance that the first fifth of the eigenvectors explains.',
      {
        unit: 'fraction',
      },
    ),
    absorption_shift: double.nullable(
      '(mean of 15 sessions - mean of 252) / standard deviation of 252. Above 1, its authors call the market fragile.',
      { unit: 'standard deviations' },
    ),
  },
  sql: sql`
    with numbered as (
      select r.basket, r.session, s.session_number, r.absorption_ratio
      from ${systemicRisk} r
      join ${sessions} s on s.session = r.session
    ),
    windowed as (
      select
        basket,
        session,
        absorption_ratio,
        ${unbroken('w15', 15)} and ${unbroken('w252', 252)} as is_unbroken,
        ${full(raw('avg(absorption_ratio)'), raw('absorption_ratio'), 'w15', 15)} as mean_15,
        ${full(raw('avg(absorption_ratio)'), raw('absorption_ratio'), 'w252', 252)} as mean_252,
        ${full(raw('stddev_samp(absorption_ratio)'), raw('absorption_ratio'), 'w252', 252)} as deviation_252
      from numbered
      window
        w15 as (partition by basket order by session rows between 14 preceding and current row),
        w252 as (partition by basket order by session rows between 251 preceding and current row)
    )
    select
      basket,
      session,
      absorption_ratio,
      case when is_unbroken then (mean_15 - mean_252) / ${realSpread('deviation_252', 'mean_252')} end as absorption_shift
    from windowed
  `,
})
