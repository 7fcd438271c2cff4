import { date, double, string, timestamp } from '../../column.ts'
import { earnings } from '../../tables/earnings.ts'
import { defineView, raw, type Sql, sql } from '../../view.ts'
import { isPerShare, quarterDays } from '../shared/periods.ts'
import { splitsAsTold } from '../shared/share-basis.ts'
import { nearestFactor, ordinaryFactors, sizeOf } from '../shared/split-factors.ts'
import { steadySum } from '../shared/steady-sum.ts'

const { shortest, longest } = quarterDays

/** The longer period less the shorter one over a factor, near the mean of the quarters in the shorter period. */
const fits = (factor: number) =>
  `abs((value - shorter / ${factor}e0) / (shorter / ${factor}e0 / round(shorter_length / 91e0)) - 1) <= 4e-1`
const onlyFit: Sql = raw(
  `case when ${ordinaryFactors.map((factor) => `(case when ${fits(factor)} then 1 else 0 end)`).join(' + ')} = 1
    then case ${ordinaryFactors.map((factor) => `when ${fits(factor)} then ${factor}e0`).join(' ')} end end`,
)

/** Days: a split shows in the comparatives of all filings of the year after it. */
const year = 400
/** Days: filings shortly before an ex-date may be on the new basis. */
const ahead = 60

export const reportedSplits = defineView({
  name: 'reported_splits',
  doc: 'One row per symbol, source of results, kind of evidence, instant and factor: a split, and the instant from which figures per share are filed on the new basis. A corporate action tells it, or the figures show it if they were known first.',
  grain: ['symbol', 'source', 'evidence', 'effective_at', 'split_factor'],
  isHeld: true,
  columns: {
    symbol: string('Ticker.'),
    source: string('Source of the figures.'),
    evidence: string(
      '`corporate_action`, `comparative` (a filing restates an earlier period by the factor), `share_count` (net income per share of a longer and a shorter period), or `difference` (only this factor gives a plausible quarter). Better evidence that comes later corrects a `difference`: its factor is over the one that was assumed.',
    ),
    effective_at: timestamp('Figures that became known at this instant or later are on the new basis.'),
    split_factor: double('New shares for one old share.', { unit: 'shares' }),
    known_at: timestamp('When the split was known.'),
    known_session: date('First session on whose evening the row is known.'),
  },
  sql: sql`
    with filed as (
      select
        symbol, concept, source, period_start, value, known_at, known_session,
        date_diff('day', period_start, period_end) as length,
        lag(value) over vintages as value_before,
        lag(known_at) over vintages as known_before,
        min_by(case when concept = 'net_income' then value end, case when concept = 'net_income' then known_at end) over period as income,
        min(case when concept = 'net_income' then known_at end) over period as income_known_at
      from ${earnings}
      where ${isPerShare('concept')} or concept = 'net_income'
      window
        period as (partition by symbol, source, period_start, period_end),
        vintages as (partition by symbol, source, period_start, period_end, concept order by known_at)
    ),
    -- Beside each figure, the first figure of the period that is a quarter shorter and has the same start.
    paired as (
      select
        filed.*,
        min_by(value, known_at) over shorter as shorter,
        min_by(length, known_at) over shorter as shorter_length,
        min(known_at) over shorter as shorter_known_at,
        min_by(income, known_at) over shorter as shorter_income,
        min_by(income_known_at, known_at) over shorter as shorter_income_known_at
      from filed
      where ${isPerShare('concept')}
      window shorter as (
        partition by symbol, source, period_start, concept order by length range between ${longest} preceding and ${shortest} preceding
      )
    ),
    -- A restated figure, or a year with less per share than its first nine months, although it earned more.
    signs as (
      select
        symbol, source, known_at, known_session, value, shorter, shorter_length,
        case when value_before is not null then 'comparative' when has_income then 'share_count' else 'difference' end as evidence,
        coalesce(known_before, shorter_known_at) as since,
        case
          when value_before is not null then value_before / nullif(value, 0)
          when has_income and shorter_income > 0 and income > shorter_income then income / value * shorter / shorter_income
        end as ratio,
        -- Figures are rounded to cents.
        case
          when value_before is not null then 1e-2 + 5e-3 / abs(nullif(value, 0)) + 5e-3 / abs(nullif(value_before, 0))
          else 15e-2
        end as tolerance
      from (
        select
          paired.*,
          concept in ('eps_diluted', 'eps_basic') and income is not null and shorter_income is not null
            and income_known_at <= known_at and shorter_income_known_at <= known_at as has_income
        from paired
      ) as known_pairs
      where value_before is not null or (value > 0 and value < shorter and shorter_known_at < known_at)
    ),
    factors as (
      select
        symbol, source, known_at, known_session, evidence, since,
        case
          when evidence = 'difference' then ${onlyFit}
          when tolerance <= 15e-2 and abs(ratio / ${nearestFactor('ratio')} - 1) < tolerance then ${nearestFactor('ratio')}
        end as split_factor
      from signs
    ),
    -- A filing shows one split: the factor with the best evidence that most of its figures have.
    shown as (
      select * from (
        select
          counted.*,
          row_number() over (
            partition by symbol, source, known_at
            order by case evidence when 'comparative' then 1 when 'share_count' then 2 else 3 end, n desc, split_factor
          ) as place
        from (
          select symbol, source, known_at, evidence, split_factor, max(known_session) as known_session, min(since) as since, count(*) as n
          from factors
          where split_factor is not null
          group by symbol, source, known_at, evidence, split_factor
        ) as counted
      ) as ranked
      where place = 1
    ),
    claims as (
      select symbol, source, evidence, known_at as effective_at, known_at, known_session, split_factor, since
      from shown
      union all
      select t.symbol, e.source, 'corporate_action' as evidence, t.opens_at as effective_at, t.known_at, t.known_session, t.split_factor, cast(null as timestamp) as since
      from (${splitsAsTold}) as t
      join (select distinct symbol, source from ${earnings}) e on e.symbol = t.symbol
    ),
    sized as (
      select
        claims.*,
        ${sizeOf('split_factor')} as size,
        date_diff('day', date '1970-01-01', cast(effective_at as date)) as day_number
      from claims
    ),
    -- Whichever was known first counts: the corporate action or the figures.
    compared as (
      select
        sized.*,
        min(case when evidence = 'corporate_action' then known_at end) over (
          partition by symbol, source, size order by day_number range between ${year} preceding and ${ahead} following
        ) as told_at,
        min(case when evidence <> 'corporate_action' then known_at end) over (
          partition by symbol, source, size order by day_number range between ${ahead} preceding and ${year} following
        ) as shown_at,
        max(case when evidence <> 'corporate_action' then known_at end) over (
          partition by symbol, source, size order by known_at, evidence, split_factor rows between unbounded preceding and 1 preceding
        ) as shown_before,
        max(case when evidence in ('corporate_action', 'comparative') then effective_at end) over (
          partition by symbol, source order by known_at, evidence, split_factor rows between unbounded preceding and 1 preceding
        ) as last_split_at
      from sized
    ),
    -- A year contradicts its nine months only if no split is known between them.
    counted as (
      select
        kept.*,
        max(case when evidence = 'difference' then effective_at end) over earlier as assumed_at,
        max_by(case when evidence = 'difference' then split_factor end, case when evidence = 'difference' then effective_at end) over earlier as assumed_factor
      from (
        select * from compared
        where case
          when evidence = 'corporate_action' then coalesce(shown_at >= known_at, true)
          else coalesce(told_at > known_at, true)
            and coalesce(shown_before < cast(known_at - interval '${year}' day as timestamp), true)
            and (evidence = 'comparative' or coalesce(last_split_at <= since, true))
        end
      ) as kept
      window earlier as (partition by symbol, source order by known_at, evidence, split_factor rows between unbounded preceding and 1 preceding)
    ),
    corrected as (
      select
        counted.*,
        coalesce(
          evidence = 'comparative' and since < assumed_at
            or evidence = 'corporate_action'
              and assumed_at between cast(effective_at - interval '${ahead}' day as timestamp) and cast(effective_at + interval '${year}' day as timestamp),
          false
        ) as is_correction
      from counted
    )
    select
      symbol, source, evidence,
      case when is_correction then assumed_at else effective_at end as effective_at,
      case when is_correction then split_factor / assumed_factor else split_factor end as split_factor,
      known_at, known_session
    from corrected
  `,
})

/** The splits between two instants, as known by the later one: a join to the view as `s`. Only figures per share have any. */
export const splitsBetween = (row: string, from: string, to: string): Sql => sql`
  left join ${reportedSplits} s
    on s.symbol = ${raw(row)}.symbol and s.source = ${raw(row)}.source and ${isPerShare(`${row}.concept`)}
    and s.effective_at > ${raw(from)} and s.effective_at <= ${raw(to)} and s.known_at <= ${raw(to)}`

/** The product of the factors of splits: by how much figures per share are divided. */
export const product = (factor: string): Sql =>
  sql`case count(${raw(factor)}) when 0 then 1e0 when 1 then max(${raw(factor)}) else exp(${steadySum(`ln(${factor})`, 12)}) end`

/** The product of the factors of the joined splits of a group. */
export const splitFactor: Sql = product('s.split_factor')
