/** SQL fragments of coverage: which sources show, session by session, whether a kind of catalyst occurred. */
import { group } from 'd3-array'
import type { Sign } from '../../catalyst.ts'
import { catalystKinds } from '../../catalysts/index.ts'
import { releaseEntries } from '../../releases.ts'
import { everyRequest, payloads, statusesWithoutRows } from '../../tables/payloads.ts'
import { sessions } from '../../tables/sessions.ts'
import { join, literals, quoted, raw, type Sql, sql } from '../../view.ts'

/** Releases of the first rank: payrolls, consumer prices, GDP and consumption prices. */
export const firstRankReleases: readonly string[] = releaseEntries.flatMap(([name, { weight }]) =>
  weight >= 0.8 ? [name] : [],
)

/** Kinds that can move the whole market and whose absence a source can show. The exchange calendar always shows expiries. */
export const marketMovers: readonly string[] = ['earnings', 'fed_speech', 'fomc_decision', ...firstRankReleases].sort()
/** The same as text, for a session of which no source of any kind is known. */
export const allMarketMovers: Sql = literals([marketMovers.join(',')])

interface Shown extends Sign {
  readonly kind: string
  readonly longestSilence: number
}

/** The lake follows a company for this many times the longest usual silence after its last row. */
export const followedFor = 2

const signs: readonly Shown[] = catalystKinds.flatMap(({ kind, coverage }) =>
  typeof coverage === 'string'
    ? []
    : coverage.signs.map((sign) => ({ ...sign, kind, longestSilence: coverage.longestSilence })),
)

const columnsOf = ({ where = {} }: Sign) => Object.keys(where)

/** Signs of one table that look at the same columns, so that one scan finds all of them. */
const groups = group(signs, (sign) => [sign.table.name, sign.company?.key ?? '', ...columnsOf(sign)].join(' '))

/** A row that is stored in an object of a later year, such as an auction announced in December, is no sign: the year before does not depend on it. */
const evidenceOf = (alike: readonly Shown[]): Sql => {
  const [{ table, where = {}, company }] = alike as [Shown]
  const names = Object.keys(where)
  const facts = alike.map(({ kind, longestSilence, asked = '', isWindowed = false, where: of = {} }) => {
    const texts = [kind, asked, ...names.map((name) => of[name]!)].map(quoted)
    return `(${[...texts, longestSilence, Number(isWindowed)].join(', ')})`
  })
  const given = names.map((name) => `wanted_${name}`)
  const key = company ? `t.${company.key}` : "''"
  const nameOfCompany = company ? `t.${company.name}` : "''"
  const matches = names.map((name) => `t.${name} = signs.wanted_${name}`).join(' and ') || 'true'
  return sql`
    select
      signs.kind, ${raw(quoted(table.name))} as table_name, t.source, ${raw(key)} as company, ${raw(nameOfCompany)} as company_name,
      ${raw(company ? key : 'signs.asked')} as asked, signs.is_windowed, t.known_session, signs.longest_silence,
      signs.longest_silence * ${raw(String(company ? followedFor : 1))} as followed_for
    from ${table} t
    join (values ${raw(facts.join(', '))}) as signs(${raw(['kind', 'asked', ...given, 'longest_silence', 'is_windowed'].join(', '))}) on ${raw(matches)}
    where year(t.${raw(table.yearOf)}) <= year(t.known_session)`
}

/**
 * A relation of kind, table_name, source, company, company_name, session, covers, covers_now (each 1 or 0) and last_known:
 * one row per session and source with a sign of the kind, and per company that it follows. The company is empty for a kind
 * about the market. `covers` is what the evening knew: the source covers a session on which it answered after the close. If
 * no request of that evening was refused or left without an answer, it also covers a session that is not further from its
 * last row than the longest usual silence of the kind. In `covers_now` a later answer of the source makes
 * good for such a request, since it holds all rows until then.
 */
export const sourceCoverage: Sql = sql`
  with found as (
    ${join([...groups.values()].map(evidenceOf), '\nunion all\n')}
  ),
  -- A company with several share classes has one of their names.
  evidence as (
    select
      kind, table_name, source, company, min(company_name) as company_name, asked, is_windowed, known_session, longest_silence,
      followed_for
    from found
    group by kind, table_name, source, company, asked, is_windowed, known_session, longest_silence, followed_for
  ),
  givers as (
    select kind, table_name, source, company, asked, is_windowed, min(known_session) as first_session
    from evidence
    group by kind, table_name, source, company, asked, is_windowed
  ),
  spans as (
    select
      evidence.*,
      lead(known_session) over (partition by kind, table_name, source, company order by known_session) as next_known
    from evidence
  ),
  answers as (
    select
      p.source, p.request_key, p.known_session as session,
      case when p.status in (${literals(statusesWithoutRows)}) then 0 else 1 end as is_answer,
      case when p.fetched_at >= c.closes_at then 1 else 0 end as is_after_close
    from ${payloads} p
    join ${sessions} c on c.session = p.known_session
  ),
  marks as (
    select
      s.kind, s.table_name, s.source, s.company, s.company_name, c.session, s.known_session as last_known,
      case when date_diff('day', s.known_session, c.session) <= s.longest_silence then 1 else 0 end as is_recent,
      0 as is_answer, 0 as is_failure, 1 as is_of_evening, cast(null as date) as answered_on
    from spans s
    join ${sessions} c
      on c.session >= s.known_session
      and (s.next_known is null or c.session < s.next_known)
      and date_diff('day', s.known_session, c.session) <= s.followed_for
    union all
    select
      g.kind, g.table_name, g.source, g.company, null, a.session, null, 0, is_answer * is_after_close, (1 - is_answer) * is_after_close,
      is_after_close, case when is_answer = 1 and is_windowed = 0 then a.session end
    from givers g
    join answers a
      on a.source = g.source
      and a.session >= g.first_session
      and (a.request_key like concat(g.asked, '%') or (a.request_key = ${literals([everyRequest])} and is_answer = 0))
  ),
  judged as (
    select
      kind, table_name, source, company, coalesce(max(company_name), company) as company_name, session,
      max(is_recent) as is_recent, max(is_answer) as is_answer, max(is_failure) as is_failure, max(last_known) as last_known,
      max(is_of_evening) as is_of_evening, max(answered_on) as answered_on
    from marks
    group by kind, table_name, source, company, session
  ),
  answered as (
    select judged.*, max(answered_on) over (partition by kind, table_name, source, company) as last_answered from judged
  )
  select
    kind, table_name, source, company, company_name, session,
    case when is_answer = 1 then 1 when is_failure = 1 then 0 else is_recent end as covers,
    case when is_answer = 1 then 1 when is_failure = 1 and coalesce(last_answered <= session, true) then 0 else is_recent end as covers_now,
    last_known
  from answered
  where is_of_evening = 1`
