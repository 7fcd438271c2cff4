/** Merge: stamps when each row became known, keeps a vintage only where a value changed, and replaces the years touched. */
import { entityOf, type Lag, reportedColumns, stampedColumns, type Table } from '../../schemas/table.ts'
import { quoted } from '../engine.ts'
import type { Lake } from '../lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'
import { validName } from './validate.ts'

export interface MergeOptions {
  /** Lag of the source, where it differs from the table's. */
  readonly lag?: Lag
  /** Rows from this bronze prefix are derived anew and replace what is there. */
  readonly replace?: string
}

/** Merges the valid rows of a batch into a table. Returns the years whose bytes changed. */
export const merge = async (lake: Lake, table: Table, options: MergeOptions): Promise<number[]> => {
  const { engine, platform } = lake
  await stampIncoming(lake, table, options.lag ?? table.lag)
  const entity = entityOf(table)
  const all = await yearsOf(platform.store, table)
  const confined = entity.includes(table.yearOf) && !options.replace
  const touched = confined
    ? (await engine.rows<{ y: number }>(`select distinct year(${table.yearOf}) as y from incoming`)).map(({ y }) => y)
    : all
  if (confined && touched.length === 0) return []
  return rewrite(lake, table, touched, async (present) => {
    const kept = options.replace
      ? `(select * from ${present} where not starts_with(bronze_key, ${quoted(options.replace)}))`
      : present
    await engine.run(`create or replace temp table merged as ${mergeQuery(table, kept)}`)
    return 'merged'
  })
}

/** `incoming`: valid rows, when they were assumed public, and when an earlier answer that should have had them did not. */
const stampIncoming = async ({ engine }: Lake, table: Table, lag: Lag) => {
  const columns = reportedColumns(table)
  const bySession = table.grain.includes('session')
  await engine.run(
    `create or replace temp table incoming as
     select ${columns.map((name) => `v.${name}`).join(', ')}, v._source as source, v._fetched_at as fetched_at,
            v._bronze_key as bronze_key, v._row, v._published_at, ${assumedAt(lag)} as _assumed_at, ${bySession ? lookedAt : 'cast(null as timestamp)'} as _looked_at
     from ${validName(table)} v ${bySession ? 'left join calendar c using (session)' : ''}`,
  )
}

/** The latest earlier answer to the same question that reached over the session; the row was not in it yet. */
const lookedAt = `(
  select max(l.fetched_at) from looks l
  where l.source = v._source and l.request_key = v._request_key and l.fetched_at < v._fetched_at
    and l.first_session <= v.session and l.asked_to >= v.session)`

const assumedAt = (lag: Lag): string => {
  if (lag.kind === 'after_close') return `c.closes_at + interval '${lag.minutes} minutes'`
  if (lag.kind === 'next_morning') return 'c.next_morning'
  if (lag.kind === 'column') return `cast(v.${lag.column} as timestamp)`
  return 'v._fetched_at'
}

const mergeQuery = (table: Table, present: string): string => {
  const entity = entityOf(table)
  const columns = reportedColumns(table)
  const values = columns.filter((name) => !entity.includes(name))
  const byPublication = table.vintagesBy === 'published_at'
  const list = (names: readonly string[], prefix = '') => names.map((name) => `${prefix}${name}`).join(', ')
  const compared = values.length ? `row(${list(values)})` : 'null'
  const order = byPublication ? 'coalesce(_published_at, fetched_at)' : 'fetched_at'
  return `
    with touched as (select distinct ${list(entity)} from incoming),
    observed as (
      select ${list(columns, 'p.')}, p.source, p.fetched_at, p.bronze_key, 0 as _row, ${byPublication ? 'p.known_at' : 'p.fetched_at'} as _order,
             p.known_at as _known_at, p.known_basis as _known_basis,
             cast(null as timestamp) as _published_at, cast(null as timestamp) as _assumed_at, cast(null as timestamp) as _looked_at
      from ${present} p semi join touched using (${list(entity)})
      union all
      select ${list(columns)}, source, fetched_at, bronze_key, 1 + _row, ${order},
             null, null, _published_at, _assumed_at, _looked_at
      from incoming
    ),
    ordered as (
      select *, row_number() over w as _version, lag(${compared}) over w as _before, ${compared} as _now
      from observed
      window w as (partition by ${list(entity)} order by _order, _row = 0 desc, bronze_key, _row)
    ),
    stamped as (
      select ${list(columns)}, source, fetched_at, bronze_key,
        case when _known_at is not null then _known_at
             when _published_at is not null and ${byPublication ? 'true' : '_version = 1'} then _published_at
             when _version > 1 or fetched_at <= _assumed_at or _looked_at >= _assumed_at then fetched_at
             else _assumed_at end as known_at,
        case when _known_basis is not null then _known_basis
             when _published_at is not null and ${byPublication ? 'true' : '_version = 1'} then 'published'
             when _version > 1 or fetched_at <= _assumed_at or _looked_at >= _assumed_at then 'observed'
             else 'assumed' end as known_basis
      from ordered where _version = 1 or _before is distinct from _now
    ),
    known as (
      select stamped.*, calendar.session as known_session
      from stamped asof left join calendar on calendar.as_of >= stamped.known_at
    )
    select ${list(Object.keys(table.columns).filter((name) => !(stampedColumns as string[]).includes(name)))}, ${list(stampedColumns)} from known
    union all
    select ${list(Object.keys(table.columns))} from ${present} p anti join touched using (${list(entity)})`
}
