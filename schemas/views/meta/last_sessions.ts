import { date, string, timestamp } from '../../column.ts'
import { emptyAnswerErrors } from '../../empty-answers.ts'
import { dailyBars } from '../../tables/daily_bars.ts'
import { declaredLastSessions } from '../../tables/declared_last_sessions.ts'
import { filings } from '../../tables/filings.ts'
import { payloads } from '../../tables/payloads.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, quoted, raw, type Sql, sql } from '../../view.ts'

/** Days: trading ends within so many days around the filing. A Form 25 takes effect ten days after it is filed. */
const aroundFiling = 20
/** Days with an empty answer to a source's every question about a symbol. */
const emptyDays = 5

/** Form 25 removes a security from its exchange, Form 15 ends the duty to report. */
const isEnd = raw("(form in ('25', '25-NSE') or form like '15-%' or form like '15F-%')")
/** True for the error of an answer without a row. */
const isEmpty = (error: string): Sql =>
  raw(`(${emptyAnswerErrors.map((words) => `${error} like ${quoted(`%${words}%`)}`).join(' or ')})`)

/** True for an empty answer in `payloads` about a symbol of `last_sessions`. */
export const isAnswerAfterEnd = (payload: string, ended: string): Sql =>
  raw(
    `${ended}.symbol = ${payload}.request_key and ${isEmpty(`${payload}.error`).text} and coalesce(${payload}.asked_to, ${payload}.known_session) > ${ended}.last_session`,
  )

export const lastSessions = defineView({
  name: 'last_sessions',
  doc: 'One row per symbol that no longer trades: its last session, and how that is known. Later sessions of the symbol are not missing.',
  grain: ['symbol'],
  role: 'fact',
  columns: {
    symbol: string('Ticker.'),
    last_session: date('Last session on which it traded.'),
    evidence: string(
      '`declared` in universe.json; `filing`: a Form 25 or 15, and no bar since; `empty_answers`: a source of bars gave no bar on five days or more, while it gave bars of other symbols.',
    ),
    detail: string('The file, the form and accession number, or the source.'),
    known_at: timestamp('When that was known.'),
  },
  // A Form 25 may be about another security of the filer, such as a note. Bars after it refute it.
  sql: sql`
    with latest as (
      select b.symbol, b.source, b.last_bar, max(b.last_bar) over (partition by b.symbol) as last_bar_of_any, max(b.last_bar) over () as newest_bar
      from (select symbol, source, max(session) as last_bar from ${dailyBars} group by symbol, source) as b
    ),
    ended as (
      select
        f.symbol, f.form, f.accession, f.filed_on, f.known_at, b.last_bar,
        row_number() over (partition by f.symbol order by f.known_at, f.accession) as nth
      from ${filings} f
      join (select distinct symbol, last_bar_of_any as last_bar, newest_bar from latest) b on b.symbol = f.symbol
      where ${isEnd} and b.last_bar < b.newest_bar and b.last_bar <= cast(f.filed_on + interval '${aroundFiling}' day as date)
    ),
    filed as (
      select
        e.symbol, e.form, e.accession, e.known_at,
        case when e.last_bar >= cast(e.filed_on - interval '${aroundFiling}' day as date) then e.last_bar else max(s.session) end as last_session
      from ended e
      join ${sessions} s on s.session <= e.filed_on and s.session > cast(e.filed_on - interval '10' day as date)
      where nth = 1
      group by e.symbol, e.form, e.accession, e.known_at, e.last_bar, e.filed_on
    ),
    answers as (
      select
        source, request_key as symbol, fetched_at, cast(fetched_at as date) as fetched_on, row_count,
        row_count = 0 and (status <> 'refused' or ${isEmpty('error')}) as is_empty,
        max(case when row_count > 0 then fetched_at end) over (partition by source, request_key) as last_full_at,
        max(case when row_count > 0 then fetched_at end) over (partition by source) as source_full_at
      from ${payloads}
      where status <> 'unanswered'
    ),
    empty as (
      select source, symbol, max(fetched_at) as known_at
      from answers
      where fetched_at > last_full_at
      group by source, symbol
      having count(distinct case when is_empty then fetched_on end) >= ${emptyDays}
        and count(case when not is_empty then 1 end) = 0
        and max(source_full_at) > cast(max(fetched_at) - interval '1' day as timestamp)
    ),
    found as (
      select symbol, last_session, 'declared' as evidence, 'universe.json' as detail, known_at, 1 as place
      from ${declaredLastSessions}
      union all
      select symbol, last_session, 'filing' as evidence, 'Form ' || form || ', ' || accession as detail, known_at, 2 as place
      from filed
      union all
      -- Bars of another source after the last bar of this one refute it.
      select b.symbol, b.last_bar as last_session, 'empty_answers' as evidence, b.source as detail, e.known_at, 3 as place
      from empty e
      join latest b on b.source = e.source and b.symbol = e.symbol
      where b.last_bar = b.last_bar_of_any
    ),
    ranked as (
      select found.*, row_number() over (partition by symbol order by place, known_at, detail) as nth from found
    )
    select symbol, last_session, evidence, detail, known_at from ranked where nth = 1
  `,
})
