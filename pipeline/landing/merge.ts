/** Merge: stamps when each row became known, keeps a vintage only where a value changed, and replaces the partitions touched. */

import type { Engine } from '../../core/engine.ts'
import { entityOf, type Lag, reportedColumns, type Table } from '../../schemas/table.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from '../silver/objects.ts'
import { type Partition, partitionOf, within } from '../silver/partitions.ts'
import { silverVersions } from '../silver/staleness.ts'
import { registerFresh } from './fresh.ts'
import { partitionsWithNews } from './news.ts'
import { hasOwnInstants, ownInstantsQuery } from './own-instants.ts'
import { assumedAt, type Payload, type PayloadFacts, payloadFacts } from './payload-facts.ts'
import {
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
  /** The payloads of the batch. */
  readonly payloads: readonly Payload[]
  /** Lag of the source, where it differs from the table's. */
  readonly lag?: Lag
  /** The rows of the payloads of the batch are derived again and replace the present ones. Rows of other payloads stay. */
  readonly replacesBatch?: boolean
}

/** Merges the valid rows of a batch into a table. Returns the partitions whose bytes changed. */
export const merge = async (lake: Lake, table: Table, options: MergeOptions): Promise<Partition[]> => {
  const { engine, platform } = lake
  if (await changesNothing(lake, table, options)) return []
  await registerIncoming(lake, table, options)
  const confined = entityOf(table).includes(table.yearOf) && !options.replacesBatch
  if (!confined) return mergeInto(lake, table, await partitionsOf(platform.store, table), options)
  const touched = await partitionsComing(engine, table)
  const before = await silverVersions(platform.store, table.name)
  const news = await partitionsWithNews(lake, table, touched)
  if (news.length < touched.length) {
    if (news.length > 0) await confineTo(engine, table, news)
    const changed = news.length > 0 ? await mergeInto(lake, table, news, options, false) : []
    // Another writer may have replaced what the other rows were compared with.
    const after = await silverVersions(platform.store, table.name)
    const isSame = (each: Partition) => before.get(table.name)?.get(each) === after.get(table.name)?.get(each)
    if (touched.every((each) => news.includes(each) || isSame(each))) return changed
    await registerIncoming(lake, table, options)
  }
  return touched.length > 0 ? mergeInto(lake, table, touched, options) : []
}

/** Many payloads have no row for some table of their source. */
const changesNothing = async ({ engine, platform }: Lake, table: Table, { replacesBatch }: MergeOptions) =>
  (await isEmpty(engine, validName(table))) &&
  (!replacesBatch || (await partitionsOf(platform.store, table)).length === 0)

const partitionsComing = async (engine: Engine, table: Table): Promise<Partition[]> =>
  (await engine.rows<{ p: Partition }>(`select distinct ${partitionOf(table)} as p from ${validName(table)}`)).map(
    ({ p }) => p,
  )

/** Leaves the incoming rows of some partitions only. */
const confineTo = async (engine: Engine, table: Table, partitions: readonly Partition[]): Promise<void> => {
  const wanted = partitions.map((each) => within(table, each)).join(' or ')
  await engine.run(`create or replace table ${newsName} as select * from ${incomingName} where ${wanted}`)
  await engine.run(`create or replace view ${incomingName} as select * from ${newsName}`)
}

/** Merges the incoming rows into some partitions. `isWhole` says that they are all valid rows of the batch. */
const mergeInto = (
  lake: Lake,
  table: Table,
  partitions: readonly Partition[],
  options: MergeOptions,
  isWhole = true,
): Promise<Partition[]> => {
  const { engine } = lake
  return rewrite(lake, table, partitions, async (present) => {
    const kept = options.replacesBatch
      ? `(select * from ${present} where bronze_key not in (select bronze_key from ${payloadIndex}))`
      : present
    if (await isFresh(lake, table, kept, options))
      return registerFresh(engine, table, options.lag ?? table.lag, options.payloads, isWhole)
    const query = (await hasOwnInstants(engine, table, kept)) ? ownInstantsQuery : mergeQuery
    await engine.run(`create or replace table ${mergedName} as ${query(table, kept)}`)
    return mergedName
  })
}

/** Stamps the valid rows of a batch without writing them, to see whether their values allow it. */
export const tryStamps = async (lake: Lake, table: Table, options: MergeOptions): Promise<void> => {
  await registerIncoming(lake, table, options)
  await lake.engine.run(`create or replace table ${trialName} as ${freshQuery(table)}`)
}

/** Nothing is there yet and nothing comes twice: then no row has an earlier vintage to be compared with. */
const isFresh = async ({ engine }: Lake, table: Table, present: string, { payloads }: MergeOptions) => {
  if (!(await isEmpty(engine, present))) return false
  // Within one payload validation leaves no two rows about the same thing and instant.
  if (payloads.length === 1 && table.vintagesBy === 'fetched_at' && !(await hasOwnInstants(engine, table, present)))
    return true
  const [found] = await engine.rows<{ twice: number }>(
    `select count(*) as twice from (select 1 from ${incomingName} group by ${entityOf(table).join(', ')} having count(*) > 1)`,
  )
  return found?.twice === 0
}

/** Registers the valid rows, when they were assumed public, and when an earlier answer that should have had them did not. */
const registerIncoming = async ({ engine }: Lake, table: Table, { payloads, lag = table.lag }: MergeOptions) => {
  const columns = reportedColumns(table)
  const looked = isBySession(table) && !(await isEmpty(engine, looksName))
  const payload = payloadFacts(payloads)
  await engine.run(
    `create or replace view ${incomingName} as
     select ${columns.map((name) => `v.${name}`).join(', ')}, v._source as source, ${payload.fetched_at} as fetched_at, ${payload.bronze_key} as bronze_key,
            v._id, v._payload, v._published_at, ${assumedAt(lag, payload)} as _assumed_at,
            ${looked ? lookedAt(payload) : 'cast(null as timestamp)'} as _looked_at
     from ${validName(table)} v ${payload.join}
     ${isBySession(table) ? 'left join calendar c using (session)' : ''}`,
  )
}

/** The latest earlier answer to the same question that covered the session; the row was not in it yet. */
const lookedAt = ({ request_key, fetched_at }: PayloadFacts) => `(
  select max(l.fetched_at) from ${looksName} l
  where l.source = v._source and l.request_key = ${request_key} and l.fetched_at < ${fetched_at}
    and l.first_session <= v.session and l.asked_to >= v.session)`
