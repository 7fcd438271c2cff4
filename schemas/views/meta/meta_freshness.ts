import { bigint, date, string, timestamp } from '../../column.ts'
import { payloads } from '../../tables/payloads.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, sql } from '../../view.ts'
import { sessionsSeen } from '../../watched.ts'
import { isAnswerAfterEnd, lastSessions } from './last_sessions.ts'

export const metaFreshness = defineView({
  name: 'meta_freshness',
  doc: 'One row per source and table with a row for every session, and one row per source without such a table: the sessions that it covers, its last fetch, and its refused payloads.',
  grain: ['source', 'table_name'],
  role: 'fact',
  columns: {
    source: string('Source.'),
    table_name: string('Table. `any` for a source of events, which cannot lack a session.'),
    series_count: bigint.nullable('Number of symbols, funds or indices.', { unit: 'series' }),
    first_session: date.nullable('First session with a row.'),
    last_session: date.nullable('Last session with a row.'),
    sessions_behind: bigint.nullable(
      'Number of sessions from its last session to the newest session of any source. A source whose figures come on the next morning is one behind on each evening. It is 0 if all symbols of the source no longer trade.',
      { unit: 'sessions' },
    ),
    last_fetched_at: timestamp.nullable('When the source was last fetched or imported.'),
    payload_count: bigint('Number of payloads of the source in bronze.', { unit: 'payloads' }),
    refused_count: bigint(
      'Number of those payloads that were refused. Empty answers about a symbol after its last session do not count.',
      { unit: 'payloads' },
    ),
    rejected_count: bigint('Number of rejected rows of the source.', { unit: 'rows' }),
  },
  sql: sql`
    with seen as (
      ${sessionsSeen}
    ),
    reach as (
      select
        s.source,
        s.table_name,
        count(distinct s.subject) as series_count,
        count(distinct case when e.symbol is null then s.subject end) as trading_count,
        min(s.session) as first_session,
        max(s.session) as last_session
      from seen s
      left join ${lastSessions} e on e.symbol = s.subject
      group by s.source, s.table_name
    ),
    numbered as (
      select
        r.source,
        r.table_name,
        r.series_count,
        r.first_session,
        r.last_session,
        case when r.trading_count = 0 then 0 else max(c.session_number) over () - c.session_number end as sessions_behind
      from reach r
      join ${sessions} c on c.session = r.last_session
    ),
    asked as (
      select
        p.source,
        max(p.fetched_at) as last_fetched_at,
        count(*) as payload_count,
        sum(case when p.status = 'refused' and l.symbol is null then 1 else 0 end) as refused_count,
        sum(p.rejected_count) as rejected_count
      from ${payloads} p
      left join ${lastSessions} l on ${isAnswerAfterEnd('p', 'l')}
      where p.status <> 'unanswered'
      group by p.source
    )
    select
      coalesce(r.source, a.source) as source,
      coalesce(r.table_name, 'any') as table_name,
      r.series_count,
      r.first_session,
      r.last_session,
      r.sessions_behind,
      a.last_fetched_at,
      coalesce(a.payload_count, 0) as payload_count,
      coalesce(a.refused_count, 0) as refused_count,
      coalesce(a.rejected_count, 0) as rejected_count
    from numbered r
    full join asked a on a.source = r.source
  `,
})
