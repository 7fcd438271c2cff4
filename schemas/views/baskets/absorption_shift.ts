import { date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { systemicRisk } from '../../tables/systemic_risk.ts'
import { defineView, raw, sql } from '../../view.ts'
import { type Block, deviations, lags, total, valuesOf } from '../shared/lag-blocks.ts'
import { realSpread } from '../shared/spread.ts'

const five: Block = { count: 5, size: 1 }
const fifteen: Block = { count: 3, size: 5 }
const six: Block = { count: 6, size: 1 }
const thirtySix: Block = { count: 6, size: 6 }
const yearOfRows: Block = { count: 7, size: 36 }

const ratios = (block: Block) => valuesOf('absorption_ratio', block)
const sixes = valuesOf('sum_6', thirtySix)
const thirtySixes = valuesOf('sum_36', yearOfRows)

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
    rows_of_six as (
      select numbered.*, session_number - lag(session_number, 251) over w = 251 as is_unbroken, ${lags(['absorption_ratio'], six)}
      from numbered
      window w as (partition by basket order by session)
    ),
    sixes as (
      select
        basket, session, absorption_ratio, is_unbroken,
        ${raw(total(ratios(five)))} as sum_5,
        ${raw(total(ratios(six)))} as sum_6,
        ${raw(deviations(six, ratios(six)))} as deviations_6
      from rows_of_six
    ),
    rows_of_36 as (
      select sixes.*, ${lags(['sum_5'], fifteen)}, ${lags(['sum_6', 'deviations_6'], thirtySix)}
      from sixes
      window w as (partition by basket order by session)
    ),
    thirty_sixes as (
      select
        basket, session, absorption_ratio, is_unbroken,
        ${raw(total(valuesOf('sum_5', fifteen)))} / 15e0 as mean_15,
        ${raw(total(sixes))} as sum_36,
        ${raw(deviations(thirtySix, sixes, sixes, valuesOf('deviations_6', thirtySix)))} as deviations_36
      from rows_of_36
    ),
    rows_of_252 as (
      select thirty_sixes.*, ${lags(['sum_36', 'deviations_36'], yearOfRows)}
      from thirty_sixes
      window w as (partition by basket order by session)
    ),
    windowed as (
      select
        basket, session, absorption_ratio, is_unbroken, mean_15,
        ${raw(total(thirtySixes))} / 252e0 as mean_252,
        sqrt((${raw(deviations(yearOfRows, thirtySixes, thirtySixes, valuesOf('deviations_36', yearOfRows)))}) / 251e0) as deviation_252
      from rows_of_252
    )
    select
      basket,
      session,
      absorption_ratio,
      case when is_unbroken then (mean_15 - mean_252) / ${realSpread('deviation_252', 'mean_252')} end as absorption_shift
    from windowed
  `,
})
