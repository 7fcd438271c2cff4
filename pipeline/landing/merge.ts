/** Merge: stamps when each row became known, keeps a vintage only where a value changed, and replaces the years touched. */

import { withKnownSession } from '../../core/engine.ts'
import { entityOf, type Lag, reportedColumns, stampedColumns, type Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'
import { freshName, incomingName, looksName, mergedName, payloadIndex, trialName, validName } from './relations.ts'
import { isBySession, isEmpty } from './validate.ts'

export interface MergeOptions {
  /** Lag of the source, where it differs from the table's. */
  readonly lag?: Lag
  /** The rows of the payloads of the batch are derived again and replace the present ones. Rows of other payloads stay. */
  readonly replacesBatch?: boolean
}

/** Merges the valid rows of a batch into a table. Returns the years whose bytes changed. */
export const merge = async (lake: Lake, table: Table, options: MergeOptions): Promise<number[]> => {
  const { engine, platform } = lake
  await registerIncoming(lake, table, options.lag ?? table.lag)
  const entity = entityOf(table)
  const all = await yearsOf(platform.store, table)
  const confined = entity.includes(table.yearOf) && !options.replacesBatch
  const touched = confined
    ? (await engine.rows<{ y: number }>(`select distinct year(${table.yearOf}) as y from ${incomingName}`)).map(
        ({ y }) => y,
      )
    : all
  if (confined && touched.length === 0) return []
  return rewrite(lake, table, touched, async (present) => {
    const kept = options.replacesBatch
      ? `(select * from ${present} where bronze_key not in (select bronze_key from ${payloadIndex}))`
      : present
    if (await isFresh(lake, table, kept)) {
      await engine.run(`create or replace view ${freshName} as ${freshQuery(table)}`)
      return freshName
    }
    await engine.run(`create or replace table ${mergedName} as ${mergeQuery(table, kept)}`)
    return mergedName
  })
}

/** Stamps the valid rows of a batch without writing them, to see whether their values allow it. */
export const tryStamps = async (lake: Lake, table: Table, lag: Lag = table.lag): Promise<void> => {
  await registerIncoming(lake, table, lag)
  await lake.engine.run(`create or replace table ${trialName} as ${freshQuery(table)}`)
}

/** Nothing is there yet and nothing comes twice: then no row has an earlier vintage to be compared with. */
const isFresh = async ({ engine }: Lake, table: Table, present: string) => {
  if (!(await isEmpty(engine, present))) return false
  // Within one payload validation leaves no two rows about the same thing.
  const [payloads] = await engine.rows<{ n: number }>(`select count(*) as n from ${payloadIndex}`)
  if (payloads?.n === 1 && table.vintagesBy === 'fetched_at') return true
  const [found] = await engine.rows<{ twice: number }>(
    `select count(*) as twice from (select 1 from ${incomingName} group by ${entityOf(table).join(', ')} having count(*) > 1)`,
  )
  return found?.twice === 0
}

/** Registers the valid rows, when they were assumed public, and when an earlier answer that should have had them did not. */
const registerIncoming = async ({ engine }: Lake, table: Table, lag: Lag) => {
  const columns = reportedColumns(table)
  const looked = isBySession(table) && !(await isEmpty(engine, looksName))
  await engine.run(
    `create or replace view ${incomingName} as
     select ${columns.map((name) => `v.${name}`).join(', ')}, v._source as source, p.fetched_at, p.bronze_key,
            v._id, v._published_at, ${assumedAt(lag)} as _assumed_at, ${looked ? lookedAt : 'cast(null as timestamp)'} as _looked_at
     from ${validName(table)} v join ${payloadIndex} p using (_payload)
     ${isBySession(table) ? 'left join calendar c using (session)' : ''}`,
  )
}

/** The latest earlier answer to the same question that reached over the session; the row was not in it yet. */
const lookedAt = `(
  select max(l.fetched_at) from ${looksName} l
  where l.source = v._source and l.request_key = p.request_key and l.fetched_at < p.fetched_at
    and l.first_session <= v.session and l.asked_to >= v.session)`

const assumedAt = (lag: Lag): string => {
  if (lag.kind === 'after_close') return `c.closes_at + interval '${lag.minutes} minutes'`
  if (lag.kind === 'next_morning') return 'c.next_morning'
  if (lag.kind === 'column') return `cast(v.${lag.column} as timestamp)`
  return 'p.fetched_at'
}

const list = (names: readonly string[], prefix = '') => names.map((name) => `${prefix}${name}`).join(', ')

/** When a row became known, and how we know: `version` counts its vintages from 1. */
const stamps = (table: Table, version: string) => {
  const published = `_published_at is not null and ${table.vintagesBy === 'published_at' ? 'true' : `${version} = 1`}`
  const observed = `${version} > 1 or fetched_at <= _assumed_at or _looked_at >= _assumed_at`
  return {
    known_at: `case when ${published} then _published_at when ${observed} then fetched_at else _assumed_at end`,
    known_basis: `case when ${published} then 'published' when ${observed} then 'observed' else 'assumed' end`,
  }
}

/** Adds known_session and puts the columns in order. */
const finished = (table: Table, stamped: string) => {
  const own = Object.keys(table.columns).filter((name) => !(stampedColumns as string[]).includes(name))
  return `select ${list(own)}, ${list(stampedColumns)} from (${withKnownSession(stamped)})`
}

const freshQuery = (table: Table): string => {
  const { known_at, known_basis } = stamps(table, '1')
  return finished(table, `(select *, ${known_at} as known_at, ${known_basis} as known_basis from ${incomingName})`)
}

const mergeQuery = (table: Table, present: string): string => {
  const entity = entityOf(table)
  const columns = reportedColumns(table)
  const values = columns.filter((name) => !entity.includes(name))
  const byPublication = table.vintagesBy === 'published_at'
  const compared = values.length ? `row(${list(values)})` : 'null'
  const order = byPublication ? 'coalesce(_published_at, fetched_at)' : 'fetched_at'
  const { known_at, known_basis } = stamps(table, '_version')
  return `
    with touched as (select distinct ${list(entity)} from ${incomingName}),
    observed as (
      select ${list(columns, 'p.')}, p.source, p.fetched_at, p.bronze_key, cast(null as bigint) as _id, ${byPublication ? 'p.known_at' : 'p.fetched_at'} as _order,
             p.known_at as _known_at, p.known_basis as _known_basis,
             cast(null as timestamp) as _published_at, cast(null as timestamp) as _assumed_at, cast(null as timestamp) as _looked_at
      from ${present} p semi join touched using (${list(entity)})
      union all
      select ${list(columns)}, source, fetched_at, bronze_key, _id, ${order},
             null, null, _published_at, _assumed_at, _looked_at
      from ${incomingName}
    ),
    ordered as (
      select *, row_number() over w as _version, lag(${compared}) over w as _before, ${compared} as _now
      from observed
      window w as (partition by ${list(entity)} order by _order, _id is not null, bronze_key, _id)
    ),
    kept as (
      select ${list(columns)}, source, fetched_at, bronze_key,
        coalesce(_known_at, ${known_at}) as known_at, coalesce(_known_basis, ${known_basis}) as known_basis
      from ordered where _version = 1 or _before is distinct from _now
    )
    ${finished(table, 'kept')}
    union all
    select ${list(Object.keys(table.columns))} from ${present} p anti join touched using (${list(entity)})`
}
