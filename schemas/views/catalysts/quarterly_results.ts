import { boolean, date, double, string, timestamp } from '../../column.ts'
import { earnings } from '../../tables/earnings.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { isPerShare, quarterDays } from '../shared/periods.ts'
import { splitFactor, splitsBetween } from './reported_splits.ts'

const { shortest, longest } = quarterDays

/** True if net income per share gives so different numbers of shares for two periods that they are on two share bases. */
const isOtherShareCount = (() => {
  const ratio = 'longer_income / nullif(longer, 0) * shorter / nullif(shorter_income, 0)'
  // Figures are rounded to cents.
  const usual = '(14e-1 + 5e-3 / abs(nullif(longer, 0)) + 5e-3 / abs(nullif(shorter, 0)))'
  return raw(
    `coalesce(longer * longer_income > 0 and shorter * shorter_income > 0 and (${ratio} > ${usual} or ${ratio} * ${usual} < 1), false)`,
  )
})()

/**
 * Each quarter and the instants at which its value changed: a quarter as filed, or a longer period minus a shorter one with
 * the same start, both as last filed by then and on one share basis. Amounts have only their first value. A quarter per share
 * is left out while its share basis is unclear.
 */
export const quarterVintages: Sql = sql`
  with filed as (
    select * from (
      select
        symbol, concept, source, period_start, period_end, value, accession, known_at, known_session,
        date_diff('day', period_start, period_end) as length,
        row_number() over vintages as vintage,
        case when ${isPerShare('concept')} then lead(known_at) over vintages end as superseded_at,
        min_by(case when concept = 'net_income' then value end, case when concept = 'net_income' then known_at end) over period as income,
        min(case when concept = 'net_income' then known_at end) over period as income_known_at
      from ${earnings}
      window
        period as (partition by symbol, source, period_start, period_end),
        vintages as (partition by symbol, source, period_start, period_end, concept order by known_at)
    ) as numbered
    where vintage = 1 or ${isPerShare('concept')}
  ),
  pairs as (
    select
      p.*,
      case when longer_known_at < shorter_known_at then longer_known_at else shorter_known_at end as first_known_at,
      case when longer_known_at < shorter_known_at then shorter_known_at else longer_known_at end as known_at
    from (
      select
        y.symbol, y.concept, y.source, y.period_start, y.period_end, n.period_end as shorter_end, y.accession,
        y.value as longer, y.known_at as longer_known_at, y.income as longer_income, y.income_known_at as longer_income_known_at,
        n.value as shorter, n.known_at as shorter_known_at, n.income as shorter_income, n.income_known_at as shorter_income_known_at,
        case when n.known_session > y.known_session then n.known_session else y.known_session end as known_session
      from filed y
      join filed n
        on n.symbol = y.symbol and n.concept = y.concept and n.source = y.source and n.period_start = y.period_start
        and y.length - n.length between ${shortest} and ${longest}
        and (n.superseded_at is null or y.known_at < n.superseded_at)
        and (y.superseded_at is null or n.known_at < y.superseded_at)
    ) as p
  ),
  based as (
    select
      p.symbol, p.concept, p.source, p.period_end, p.shorter_end, p.known_at,
      max(p.known_session) as known_session, max(p.accession) as accession,
      max(p.longer) as longer, max(p.shorter) as shorter,
      max(case when p.longer_income_known_at <= p.known_at then p.longer_income end) as longer_income,
      max(case when p.shorter_income_known_at <= p.known_at then p.shorter_income end) as shorter_income,
      max(case when p.longer_known_at < p.shorter_known_at then 1 else 0 end) as is_longer_first,
      ${splitFactor} as split_factor
    from pairs p
    ${splitsBetween('p', 'p.first_known_at', 'p.known_at')}
    group by p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end, p.known_at
  )
  select symbol, concept, source, period_end, period_start, value, false as is_derived, known_at, known_session, accession
  from filed
  where length between ${shortest} and ${longest}
  union all
  select
    symbol, concept, source, period_end,
    cast(shorter_end + interval '1' day as date) as period_start,
    case when is_longer_first = 1 then longer / split_factor - shorter else longer - shorter / split_factor end as value,
    true as is_derived,
    known_at, known_session, accession
  from based
  -- A quarter below zero in a year above it is a loss or a split that nobody told. Net income decides. Else it stays unknown.
  where not ${isPerShare('concept')} or split_factor <> 1
    or (
      (longer <= 0 or longer >= shorter or coalesce(longer_income < shorter_income, false))
      and not (concept in ('eps_diluted', 'eps_basic') and ${isOtherShareCount})
    )`

export const quarterlyResults = defineView({
  name: 'quarterly_results',
  doc: 'One row per symbol, concept, source and fiscal quarter: the value of the quarter from the earliest filing. A quarter that is not reported, such as most fourth quarters, is a longer period minus a shorter one with the same start, on one share basis. It is left out if the basis is unclear.',
  grain: ['symbol', 'concept', 'source', 'period_end'],
  isHeld: true,
  columns: {
    symbol: string('Ticker.'),
    concept: string('`revenue`, `net_income`, `eps_diluted` or an imported concept.'),
    source: string('Source of the figures.'),
    period_end: date('Last day of the quarter.'),
    period_start: date('First day of the quarter.'),
    value: double('Value of the quarter.', { unit: 'USD or USD per share' }),
    is_derived: boolean(
      'True if the value is a longer period minus a shorter one, such as the year minus nine months. Derived per-share values are approximate, and are on the share basis of known_at.',
    ),
    known_at: timestamp('When all inputs were known.'),
    known_session: date('First session on whose evening the row is known.'),
    accession: string(
      'Accession number of the first filing with the value. For a derived value, that of the longer period.',
    ),
  },
  // A reported quarter is preferred to a derived one if it was known no later.
  sql: sql`
    with vintages as (${quarterVintages}),
    numbered as (
      select
        vintages.*,
        row_number() over (partition by symbol, concept, source, period_end order by known_at, is_derived, period_start) as preference
      from vintages
    )
    select symbol, concept, source, period_end, period_start, value, is_derived, known_at, known_session, accession
    from numbered
    where preference = 1
  `,
})
