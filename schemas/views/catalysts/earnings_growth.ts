import { date, double, string, timestamp } from '../../column.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { isPerShare } from '../shared/periods.ts'
import { quarterlyResults, quarterVintages } from './quarterly_results.ts'
import { splitFactor, splitsBetween } from './reported_splits.ts'

const fraction = { unit: 'fraction' }
/** Days between the ends of quarters so many apart; fiscal quarters have 12 to 17 weeks, four of them 52 or 53. */
const quartersBack = [
  { quarters: 1, from: 80, to: 123 },
  { quarters: 2, from: 164, to: 207 },
  { quarters: 4, from: 350, to: 380 },
  { quarters: 5, from: 440, to: 495 },
] as const
/** Days, on average. */
const quarterOfYear = 91.3125
const points = { unit: 'percentage points' }

export const earningsGrowth = defineView({
  name: 'earnings_growth',
  doc: 'One row per symbol, concept, source and fiscal quarter: growth over one year and over one quarter, and its acceleration, from the figures as first filed. Figures per share are compared on the share basis of the later filing: with its comparative figure if it has one, else with the earlier figure over the splits since.',
  grain: ['symbol', 'concept', 'source', 'period_end'],
  isHeld: true,
  columns: {
    symbol: string('Ticker.'),
    concept: string('`revenue`, `net_income` or `eps_diluted`.'),
    source: string('Source of the figures.'),
    period_end: date('Last day of the quarter.'),
    value: double('Value of the quarter.', { unit: 'USD or USD per share' }),
    year_on_year: double.nullable(
      'value / value four quarters before - 1. NULL if the earlier value is missing or not above zero.',
      fraction,
    ),
    quarter_on_quarter: double.nullable('value / value of the previous quarter - 1.', fraction),
    year_on_year_acceleration: double.nullable('year_on_year minus year_on_year of the previous quarter.', points),
    quarter_on_quarter_acceleration: double.nullable(
      'quarter_on_quarter minus quarter_on_quarter of the previous quarter.',
      points,
    ),
    log_acceleration: double.nullable('Second difference of the logarithm of the value.', { unit: 'log points' }),
    known_at: timestamp('When the value of the quarter became known.'),
    known_session: date('First session on whose evening the row is known.'),
  },
  // An earlier quarter is used only if it was known together with this one. A missing quarter is not bridged.
  sql: sql`
    with vintages as (${quarterVintages}),
    -- Each earlier quarter: amounts as first filed, figures per share as last filed, which is the comparative of the later filing.
    paired as (
      select * from (
        select
          n.symbol, n.concept, n.source, n.period_end, n.value, n.known_at, n.known_session,
          e.period_end as earlier_end, e.value as before, e.known_at as before_known_at,
          row_number() over (
            partition by n.symbol, n.concept, n.source, n.period_end, e.period_end
            order by
              case when ${isPerShare('n.concept')} and e.is_derived then 1 else 0 end,
              date_diff('millisecond', e.known_at, n.known_at) * case when ${isPerShare('n.concept')} then 1 else -1 end,
              e.is_derived, e.period_start
          ) as preference
        from ${quarterlyResults} n
        left join vintages e
          on e.symbol = n.symbol and e.concept = n.concept and e.source = n.source
          and e.period_end < n.period_end and e.known_at <= n.known_at
          and e.period_end > cast(n.period_end - interval '500' day as date)
      ) as ranked
      where preference = 1
    ),
    earlier as (
      select
        p.symbol, p.concept, p.source, p.period_end, p.earlier_end,
        max(p.value) as value, max(p.known_at) as known_at, max(p.known_session) as known_session,
        max(p.before) / ${splitFactor} as before,
        date_diff('day', p.earlier_end, p.period_end) as days
      from paired p
      ${splitsBetween('p', 'p.before_known_at', 'p.known_at')}
      group by p.symbol, p.concept, p.source, p.period_end, p.earlier_end
    ),
    compared as (
      select
        symbol, concept, source, period_end, max(value) as value, max(known_at) as known_at, max(known_session) as known_session,
        ${join(
          quartersBack.map(({ quarters, from, to }) => {
            const within = `days between ${from} and ${to}`
            const distance = `abs(days - ${quarters * quarterOfYear}e0)`
            return raw(
              `min_by(case when ${within} then before end, case when ${within} then ${distance} end) as value_${quarters}`,
            )
          }),
          ',\n',
        )}
      from earlier
      group by symbol, concept, source, period_end
    ),
    grown as (
      select
        compared.*,
        case when value_1 > 0 then value / value_1 - 1 end as quarter_growth,
        case when value_2 > 0 then value_1 / value_2 - 1 end as last_quarter_growth,
        case when value_4 > 0 then value / value_4 - 1 end as year_growth,
        case when value_5 > 0 then value_1 / value_5 - 1 end as last_year_growth
      from compared
    )
    select
      symbol, concept, source, period_end, value,
      year_growth as year_on_year,
      quarter_growth as quarter_on_quarter,
      100e0 * (year_growth - last_year_growth) as year_on_year_acceleration,
      100e0 * (quarter_growth - last_quarter_growth) as quarter_on_quarter_acceleration,
      case when 1 + quarter_growth > 0 and 1 + last_quarter_growth > 0 then ln(1 + quarter_growth) - ln(1 + last_quarter_growth) end as log_acceleration,
      known_at, known_session
    from grown
  `,
})
