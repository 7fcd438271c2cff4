import { date, double, string, timestamp } from '../../column.ts'
import { corporateActions } from '../../tables/corporate_actions.ts'
import { earnings } from '../../tables/earnings.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { firstFiled, isPerShare, quartersBetween } from '../shared/periods.ts'

/** Factors that companies choose. */
const ordinary = [2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 50]
/** With evidence of the factor itself, less common factors and reverse splits count too. */
const possible = [...ordinary, 1.5, 6, 8].flatMap((factor) => [{ sql: `${factor}e0` }, { sql: `(1e0 / ${factor}e0)` }])

/** The possible factor near a ratio, or NULL. */
const nearest = (ratio: string, tolerance: string): Sql =>
  raw(
    `case ${possible.map((each) => `when abs(${ratio} / ${each.sql} - 1) < ${tolerance} then ${each.sql}`).join(' ')} end`,
  )

/** The longer period less the shorter one over a factor, near the mean of the quarters in the shorter period. */
const fits = (factor: number) =>
  `abs((longer - shorter / ${factor}e0) / (shorter / ${factor}e0 / round(shorter_length / 91e0)) - 1) <= 4e-1`
const onlyFit: Sql = raw(
  `case when ${ordinary.map((factor) => `(case when ${fits(factor)} then 1 else 0 end)`).join(' + ')} = 1
    then case ${ordinary.map((factor) => `when ${fits(factor)} then ${factor}e0`).join(' ')} end end`,
)

/** Days: a split shows in the comparatives of all filings of the year after it. */
const year = 400
/** Days: filings shortly before an ex-date may be on the new basis. */
const ahead = 60

export const reportedSplits = defineView({
  name: 'reported_splits',
  doc: 'One row per symbol, source of results, kind of evidence, instant and factor: a split, and the instant from which figures per share are filed on the new basis. A corporate action tells it, or the figures show it if they were known first.',
  grain: ['symbol', 'source', 'evidence', 'effective_at', 'split_factor'],
  columns: {
    symbol: string('Ticker.'),
    source: string('Source of the figures.'),
    evidence: string(
      '`corporate_action`, `comparative` (a filing restates an earlier period by the factor), `share_count` (net income per share of a longer and a shorter period), or `difference` (only this factor gives a plausible quarter).',
    ),
    effective_at: timestamp('Figures that became known at this instant or later are on the new basis.'),
    split_factor: double('New shares for one old share.', { unit: 'shares' }),
    known_at: timestamp('When the split was known.'),
    known_session: date('First session on whose evening the row is known.'),
  },
  sql: sql`
    with first_filed as (${firstFiled}),
    claims as (
      select
        a.symbol, s.session_number, s.opens_at,
        min_by(a.split_factor, a.known_at) as split_factor,
        -- A split that is announced counts from its ex-session on.
        case when min(a.known_at) < s.opens_at then s.opens_at else min(a.known_at) end as known_at,
        case when min(a.known_session) < s.session then s.session else min(a.known_session) end as known_session
      from ${corporateActions} a
      join ${sessions} s on s.session = a.session
      where a.action = 'split'
      group by a.symbol, s.session, s.session_number, s.opens_at
    ),
    -- Of several claims about one split, the first one known counts.
    told as (
      select c.symbol, c.opens_at, c.split_factor, c.known_at, c.known_session
      from claims c
      left join claims b
        on b.symbol = c.symbol and b.session_number between c.session_number - 5 and c.session_number + 5
        and abs(ln(b.split_factor / c.split_factor)) < 2e-2
        and (b.known_at < c.known_at or (b.known_at = c.known_at and b.session_number < c.session_number))
      where b.symbol is null
    ),
    restated as (
      select
        symbol, source, known_at, known_session, value, known_before, value_before / nullif(value, 0) as ratio,
        -- Figures are rounded to cents.
        1e-2 + 5e-3 / abs(nullif(value, 0)) + 5e-3 / abs(nullif(value_before, 0)) as tolerance
      from (
        select
          symbol, source, known_at, known_session, value,
          lag(value) over w as value_before,
          lag(known_at) over w as known_before
        from ${earnings}
        where ${isPerShare('concept')}
        window w as (partition by symbol, concept, source, period_start, period_end order by known_at)
      ) as vintages
      where value_before is not null and known_before < known_at
    ),
    factors as (
      select symbol, source, known_at, known_session, ${nearest('ratio', 'tolerance')} as split_factor
      from restated
      where ratio > 0 and tolerance < 12e-2
    ),
    -- A filing shows one split: the factor that most of its comparatives have.
    comparatives as (
      select * from (
        select
          counted.*, row_number() over (partition by symbol, source, known_at order by n desc, split_factor) as place
        from (
          select symbol, source, known_at, max(known_session) as known_session, split_factor, count(*) as n
          from factors
          where split_factor is not null
          group by symbol, source, known_at, split_factor
        ) as counted
      ) as ranked
      where place = 1
    ),
    -- A year with less per share than its first nine months, although it earned more.
    contradictions as (
      select pairs.*
      from (${quartersBetween}) as pairs
      left join told
        on told.symbol = pairs.symbol and told.opens_at <= pairs.known_at and told.known_at <= pairs.known_at
        and told.opens_at > case when shorter_known_at < longer_known_at then shorter_known_at else longer_known_at end
      where ${isPerShare('pairs.concept')} and longer > 0 and longer < shorter and shorter_known_at < longer_known_at and told.symbol is null
    ),
    inferred as (
      select symbol, source, known_at, known_session, 'comparative' as evidence, split_factor from comparatives
      union all
      select symbol, source, known_at, known_session, 'share_count' as evidence, ${nearest('(longer_income / longer * shorter / shorter_income)', '15e-2')} as split_factor
      from contradictions
      where shorter_income > 0 and longer_income > shorter_income
      union all
      select symbol, source, known_at, known_session, 'difference' as evidence, ${onlyFit} as split_factor
      from contradictions
      where shorter_income is null or longer_income is null
    ),
    first_shown as (
      select * from (
        select
          shown.*, lag(known_at) over (partition by symbol, source, split_factor order by known_at) as shown_before
        from (
          select symbol, source, known_at, max(known_session) as known_session, min(evidence) as evidence, split_factor
          from inferred
          where split_factor is not null
          group by symbol, source, known_at, split_factor
        ) as shown
      ) as chained
      where shown_before is null or shown_before < cast(known_at - interval '${year}' day as timestamp)
    ),
    -- Whichever was known first counts: the corporate action or the figures.
    matched as (
      select
        f.symbol, f.source, f.evidence, f.known_at, f.known_session, f.split_factor,
        t.opens_at, t.known_at as told_at
      from first_shown f
      left join told t
        on t.symbol = f.symbol and abs(ln(t.split_factor / f.split_factor)) < 1e-1
        and t.opens_at between cast(f.known_at - interval '${year}' day as timestamp) and cast(f.known_at + interval '${ahead}' day as timestamp)
    )
    select symbol, source, evidence, known_at as effective_at, split_factor, known_at, known_session
    from matched
    group by symbol, source, evidence, split_factor, known_at, known_session
    having coalesce(min(told_at) > known_at, true)
    union all
    select t.symbol, e.source, 'corporate_action' as evidence, t.opens_at as effective_at, t.split_factor, t.known_at, t.known_session
    from told t
    join (select distinct symbol, source from ${earnings}) e on e.symbol = t.symbol
    left join matched m
      on m.symbol = t.symbol and m.source = e.source and m.opens_at = t.opens_at and m.known_at < t.known_at
    where m.symbol is null
  `,
})

/** The splits between two instants: a join to the view as `s`, from an instant (exclusive) to another one. */
export const splitsBetween = (row: string, from: string, to: string): Sql => sql`
  left join ${reportedSplits} s
    on s.symbol = ${raw(row)}.symbol and s.source = ${raw(row)}.source and s.effective_at > ${raw(from)} and s.effective_at <= ${raw(to)}
    and s.known_at <= ${raw(to)}`

/** The product of the factors of the splits of a group: by how much figures per share are divided. */
export const splitDivisor: Sql = raw(
  'case count(s.split_factor) when 0 then 1e0 when 1 then max(s.split_factor) else exp(sum(ln(s.split_factor))) end',
)
