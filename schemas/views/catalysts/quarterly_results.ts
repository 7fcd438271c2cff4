import { boolean, date, double, string, timestamp } from '../../column.ts'
import { earnings } from '../../tables/earnings.ts'
import { defineView, sql } from '../../view.ts'

/** Days from the first to the last day of a quarter: 12 to 17 weeks, for calendars of 52 or 53 weeks divided in whatever way. */
export const quarterDays = { shortest: 80, longest: 122 } as const
const { shortest, longest } = quarterDays

export const quarterlyResults = defineView({
  name: 'quarterly_results',
  doc: 'One row per symbol, concept, source and fiscal quarter: the value of the quarter from the earliest filing. A quarter that is not reported, such as most fourth quarters, is a longer period minus a shorter one with the same start.',
  grain: ['symbol', 'concept', 'source', 'period_end'],
  columns: {
    symbol: string('Ticker.'),
    concept: string('`revenue`, `net_income`, `eps_diluted` or an imported concept.'),
    source: string('Source of the figures.'),
    period_end: date('Last day of the quarter.'),
    period_start: date('First day of the quarter.'),
    value: double('Value of the quarter.', { unit: 'USD or USD per share' }),
    is_derived: boolean(
      'True if the value is a longer period minus a shorter one, such as the year minus nine months. Derived per-share values are approximate.',
    ),
    known_at: timestamp('When all inputs were known.'),
    known_session: date('First session on whose evening the row is known.'),
    accession: string(
      'Accession number of the first filing with the value. For a derived value, that of the longer period.',
    ),
  },
  // Companies file quarters and year-to-date periods together. Their length distinguishes them.
  sql: sql`
    with first_filed as (
      select * from (
        select
          e.*,
          date_diff('day', period_start, period_end) as length,
          row_number() over (partition by symbol, concept, source, period_start, period_end order by known_at) as vintage
        from ${earnings} e
      ) as vintages
      where vintage = 1
    ),
    reported as (
      select symbol, concept, source, period_end, period_start, value, false as is_derived, known_at, known_session, accession
      from first_filed
      where length between ${shortest} and ${longest}
    ),
    derived as (
      select
        y.symbol, y.concept, y.source, y.period_end,
        cast(n.period_end + interval '1' day as date) as period_start,
        y.value - n.value as value,
        true as is_derived,
        case when n.known_at > y.known_at then n.known_at else y.known_at end as known_at,
        case when n.known_session > y.known_session then n.known_session else y.known_session end as known_session,
        y.accession
      from first_filed y
      join first_filed n
        on n.symbol = y.symbol and n.concept = y.concept and n.source = y.source and n.period_start = y.period_start
        and y.length - n.length between ${shortest} and ${longest}
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
