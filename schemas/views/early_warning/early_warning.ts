import { date, double } from '../../column.ts'
import {
  creditSymbols,
  creditWindow,
  earlyWarningDefinition as frozen,
  treasuryShare,
} from '../../scores/early-warning.ts'
import { defineView, join, literals, raw, sql } from '../../view.ts'
import { dailyBarsAsKnown } from '../bars/daily_bars_as_known.ts'
import { midRanks, ofPart } from '../shared/mid-ranks.ts'
import { volatilityIndicesAsKnown } from '../volatility/volatility_indices_as_known.ts'

const fraction = { unit: 'fraction' }
const place = (what: string) =>
  double.nullable(
    `Mid-rank percentile of ${what} in its history up to this session. NULL for fewer than ${frozen.fewestValues} values.`,
    fraction,
  )
const parts = frozen.components.map(({ column }) => column)

export const earlyWarning = defineView({
  name: 'early_warning',
  doc: `One row per session: early warning, the mean percentile of VIX, of its term structure and of credit stress. Frozen on ${frozen.frozenOn} after ${frozen.lookedAt.alternatives} alternatives had been compared in sample. It is not a probability. docs/evaluation.md says where it ranks falls better than VIX alone and where that is not shown.`,
  grain: ['session'],
  mart: true,
  // The expanding percentile of a row depends on all earlier rows.
  materialized: { yearOf: 'session', daysBack: Number.POSITIVE_INFINITY, outlivesFirst: true },
  columns: {
    session: date('XNYS session.'),
    vix_close: double.nullable('Close of VIX.', { unit: 'points' }),
    vix_term_structure: double.nullable('VIX / VIX3M.', { unit: 'ratio' }),
    credit_stress_63: double.nullable(
      'Minus (log return of HYG - 0.25 times the log return of TLT) over 63 sessions. NULL if a bar of them is missing.',
      fraction,
    ),
    vix_close_percentile: place('vix_close'),
    vix_term_structure_percentile: place('vix_term_structure'),
    credit_stress_63_percentile: place('credit_stress_63'),
    early_warning: double.nullable('Mean of the three percentiles. NULL if one of them is unknown.', fraction),
  },
  sql: sql`
    with volatility as (
      select
        session,
        max(case when symbol = 'VIX' then close end) as vix_close,
        max(case when symbol = 'VIX3M' then close end) as vix3m_close
      from ${volatilityIndicesAsKnown}
      where symbol in ('VIX', 'VIX3M')
      group by session
    ),
    -- A split changes the price basis. Without one the logarithm of the basis is 0.
    funds as (
      select
        symbol,
        session,
        case
          when session_number - lag(session_number, ${creditWindow}) over w = ${creditWindow}
          then ln(close / lag(close, ${creditWindow}) over w)
            - sum(ln(price_basis)) over (partition by symbol order by session rows between ${creditWindow - 1} preceding and current row)
        end as log_return
      from ${dailyBarsAsKnown}
      where symbol in (${literals(Object.values(creditSymbols))})
      window w as (partition by symbol order by session)
    ),
    credit as (
      select
        session,
        -(max(case when symbol = ${literals([creditSymbols.highYield])} then log_return end)
          - ${raw(treasuryShare.toExponential())} * max(case when symbol = ${literals([creditSymbols.treasuries])} then log_return end)) as credit_stress_63
      from funds
      group by session
    ),
    parts as (
      select * from (
        select 'vix_close' as part, session, vix_close as value from volatility
        union all
        select 'vix_term_structure' as part, session, vix_close / nullif(vix3m_close, 0) as value from volatility
        union all
        select 'credit_stress_63' as part, session, credit_stress_63 as value from credit
      ) as all_parts
      where value is not null
    ),
    placed as (${midRanks('parts', frozen.fewestValues)}
    ),
    sessions_placed as (
      select session, ${join(parts.map(ofPart), ',')}
      from placed
      group by session
    )
    select
      *,
      (${raw(parts.map((part) => `${part}_percentile`).join(' + '))}) / ${raw(parts.length.toExponential())} as early_warning
    from sessions_placed
  `,
})
