import { boolean, date, double, string, timestamp } from '../../column.ts'
import { earnings } from '../../tables/earnings.ts'
import { defineView, sql } from '../../view.ts'
import { firstFiled, isPerShare, quarterDays, quartersBetween } from '../shared/periods.ts'
import { splitDivisor, splitsBetween } from './reported_splits.ts'

const { shortest, longest } = quarterDays

export const quarterlyResults = defineView({
  name: 'quarterly_results',
  doc: 'One row per symbol, concept, source and fiscal quarter: the value of the quarter from the earliest filing. A quarter that is not reported, such as most fourth quarters, is a longer period minus a shorter one with the same start, on one share basis. It is left out if the basis is unclear.',
  grain: ['symbol', 'concept', 'source', 'period_end'],
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
  // Companies file quarters and year-to-date periods together. Their length distinguishes them.
  sql: sql`
    with first_filed as (${firstFiled}),
    reported as (
      select symbol, concept, source, period_end, period_start, value, false as is_derived, known_at, known_session, accession
      from first_filed
      where length between ${shortest} and ${longest}
    ),
    pairs as (${quartersBetween}),
    -- Per share, the shorter period as last filed before the longer one, which may be on a later share basis.
    latest as (
      select
        p.symbol, p.concept, p.source, p.period_end, p.shorter_end, p.period_start,
        max_by(e.value, e.known_at) as shorter, max(e.known_at) as shorter_known_at
      from pairs p
      join ${earnings} e
        on e.symbol = p.symbol and e.concept = p.concept and e.source = p.source
        and e.period_start = p.period_start and e.period_end = p.shorter_end and e.known_at <= p.known_at
      where ${isPerShare('p.concept')}
      group by p.symbol, p.concept, p.source, p.period_end, p.shorter_end, p.period_start
    ),
    last_filed as (
      select
        p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end, p.longer, p.longer_known_at, p.longer_income, p.shorter_income,
        coalesce(l.shorter, p.shorter) as shorter, coalesce(l.shorter_known_at, p.shorter_known_at) as shorter_known_at,
        p.known_at, p.known_session, p.accession
      from pairs p
      left join latest l
        on l.symbol = p.symbol and l.concept = p.concept and l.source = p.source
        and l.period_start = p.period_start and l.period_end = p.period_end and l.shorter_end = p.shorter_end
    ),
    longer_based as (
      select p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end, ${splitDivisor} as divisor
      from last_filed p
      ${splitsBetween('p', 'p.longer_known_at', 'p.known_at')}
      where ${isPerShare('p.concept')}
      group by p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end
    ),
    shorter_based as (
      select p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end, ${splitDivisor} as divisor
      from last_filed p
      ${splitsBetween('p', 'p.shorter_known_at', 'p.known_at')}
      where ${isPerShare('p.concept')}
      group by p.symbol, p.concept, p.source, p.period_start, p.period_end, p.shorter_end
    ),
    based as (
      select
        p.symbol, p.concept, p.source, p.period_end, p.shorter_end, p.longer_income, p.shorter_income, p.known_at, p.known_session, p.accession,
        p.longer / coalesce(y.divisor, 1e0) as longer,
        p.shorter / coalesce(n.divisor, 1e0) as shorter,
        coalesce(y.divisor, 1e0) = 1 and coalesce(n.divisor, 1e0) = 1 as is_without_split
      from last_filed p
      left join longer_based y
        on y.symbol = p.symbol and y.concept = p.concept and y.source = p.source
        and y.period_start = p.period_start and y.period_end = p.period_end and y.shorter_end = p.shorter_end
      left join shorter_based n
        on n.symbol = p.symbol and n.concept = p.concept and n.source = p.source
        and n.period_start = p.period_start and n.period_end = p.period_end and n.shorter_end = p.shorter_end
    ),
    derived as (
      select
        symbol, concept, source, period_end,
        cast(shorter_end + interval '1' day as date) as period_start,
        longer - shorter as value,
        true as is_derived,
        known_at, known_session, accession
      from based
      -- A negative quarter of a positive year is a loss or a split that nobody told. Net income decides; else it stays unknown.
      where not ${isPerShare('concept')} or longer <= 0 or longer >= shorter or not is_without_split
        or coalesce(longer_income < shorter_income, false)
    ),
    -- A reported quarter is preferred to a derived one if it was known no later.
    spoken as (
      select
        quarters.*,
        row_number() over (partition by symbol, concept, source, period_end order by known_at, is_derived, period_start) as preference
      from (select * from reported union all select * from derived) as quarters
    )
    select symbol, concept, source, period_end, period_start, value, is_derived, known_at, known_session, accession
    from spoken
    where preference = 1
  `,
})
