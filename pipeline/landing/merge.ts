/** Merge: stamps when each row became known, keeps a vintage only where a value changed, and replaces the partitions touched. */

import { type Engine, quoted } from '../../core/engine.ts'
import { entityOf, type Lag, reportedColumns, type Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite, type Unfinished } from '../silver/objects.ts'
import { type Partition, partitionOf, within } from '../silver/partitions.ts'
import { silverVersions } from '../silver/staleness.ts'
import { partitionsWithNews } from './news.ts'
import { hasOwnInstants, ownInstantsQuery } from './own-instants.ts'
import {
  freshName,
  incomingName,
  isEmpty,
  looksName,
  mergedName,
  newsName,
  payloadIndex,
  trialName,
  validName,
} from './relations.ts'
import { isBySession } from './validate.ts'
import { freshQuery, mergeQuery } from './vintages.ts'

export interface MergeOptions {
  /** Lag of the source, where it differs from the table's. */
  readonly lag?: Lag
  /** The rows of the payloads of the batch are derived again and replace the present ones. Rows of other payloads stay. */
  readonly replacesBatch?: boolean
}

/** Merges the valid rows of a batch into a table. Returns the partitions whose bytes changed. */
export const merge = async (lake: Lake, table: Table, options: MergeOptions): Promise<Partition[]> => {
  const { engine, platform } = lake
  await registerIncoming(lake, table, options.lag ?? table.lag)
  const confined = entityOf(table).includes(table.yearOf) && !options.replacesBatch
  if (!confined) return mergeInto(lake, table, await partitionsOf(platform.store, table), options)
  const touched = await partitionsComing(engine, table)
  const before = await silverVersions(platform.store, table.name)
  const news = await partitionsWithNews(lake, table, touched)
  if (news.length < touched.length) {
    if (news.length > 0) await confineTo(engine, table, news)
    const changed = news.length > 0 ? await mergeInto(lake, table, news, options) : []
    // Another writer may have replaced what the other rows were compared with.
    const after = await silverVersions(platform.store, table.name)
    const isSame = (each: Partition) => before.get(table.name)?.get(each) === after.get(table.name)?.get(each)
    if (touched.every((each) => news.includes(each) || isSame(each))) return changed
    await registerIncoming(lake, table, options.lag ?? table.lag)
  }
  return touched.length > 0 ? mergeInto(lake, table, touched, options) : []
}

const partitionsComing = async (engine: Engine, table: Table): Promise<Partition[]> =>
  (await engine.rows<{ p: Partition }>(`select distinct ${partitionOf(table)} as p from ${incomingName}`)).map(
    ({ p }) => p,
  )

/** Leaves the incoming rows of some partitions only. */
const confineTo = async (engine: Engine, table: Table, partitions: readonly Partition[]): Promise<void> => {
  const wanted = partitions.map((each) => within(table, each)).join(' or ')
  await engine.run(`create or replace table ${newsName} as select * from ${incomingName} where ${wanted}`)
  await engine.run(`create or replace view ${incomingName} as select * from ${newsName}`)
}

/** Merges the incoming rows into some partitions. */
const mergeInto = (
  lake: Lake,
  table: Table,
  partitions: readonly Partition[],
  options: MergeOptions,
): Promise<Partition[]> => {
  const { engine } = lake
  return rewrite(lake, table, partitions, async (present) => {
    const kept = options.replacesBatch
      ? `(select * from ${present} where bronze_key not in (select bronze_key from ${payloadIndex}))`
      : present
    if (await isFresh(lake, table, kept)) {
      await engine.run(`create or replace view ${freshName} as ${freshQuery(table)}`)
      return withLateKeys(engine)
    }
    const query = (await hasOwnInstants(engine, table, kept)) ? ownInstantsQuery : mergeQuery
    await engine.run(`create or replace table ${mergedName} as ${query(table, kept)}`)
    return mergedName
  })
}

/** The most payloads whose keys are listed in the SQL of each partition. */
const mostListed = 100

/** The fresh rows. With few payloads the keys of their objects, which have 120 characters, are put in after the rows were sorted. */
const withLateKeys = async (engine: Engine): Promise<string | Unfinished> => {
  const payloads = await engine.rows<{ n: number; key: string }>(
    `select _payload as n, bronze_key as key from ${payloadIndex} order by _payload limit ${mostListed + 1}`,
  )
  const [first, ...others] = payloads
  if (!first || payloads.length > mostListed) return freshName
  const cases = others.map(({ n, key }) => `when ${n} then ${quoted(key)}`).join(' ')
  const bronze_key = others.length ? `case _payload ${cases} else ${quoted(first.key)} end` : quoted(first.key)
  return { relation: freshName, helpers: ['_payload'], late: { bronze_key } }
}

/** Stamps the valid rows of a batch without writing them, to see whether their values allow it. */
export const tryStamps = async (lake: Lake, table: Table, lag: Lag = table.lag): Promise<void> => {
  await registerIncoming(lake, table, lag)
  await lake.engine.run(`create or replace table ${trialName} as ${freshQuery(table)}`)
}

/** Nothing is there yet and nothing comes twice: then no row has an earlier vintage to be compared with. */
const isFresh = async ({ engine }: Lake, table: Table, present: string) => {
  if (!(await isEmpty(engine, present))) return false
  // Within one payload validation leaves no two rows about the same thing and instant.
  const [payloads] = await engine.rows<{ n: number }>(`select count(*) as n from ${payloadIndex}`)
  if (payloads?.n === 1 && table.vintagesBy === 'fetched_at' && !(await hasOwnInstants(engine, table, present)))
    return true
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
            v._id, v._payload, v._published_at, ${assumedAt(lag)} as _assumed_at, ${looked ? lookedAt : 'cast(null as timestamp)'} as _looked_at
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
