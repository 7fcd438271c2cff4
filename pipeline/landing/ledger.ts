/** The ledger: which bronze payloads have landed, and with what result. It is written last, so that a payload whose landing crashed lands again. */

import { quoted } from '../../core/engine.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Row } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import type { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { bronzePrefix, recordKey } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { emptyRelation, type ObjectFile, overFiles } from '../silver/files.ts'
import { filesOf, partitionsOf, rewrite } from '../silver/objects.ts'
import { objectKey } from '../silver/partitions.ts'
import { batchName, landedName, looksName, payloadIndex, recordedName } from './relations.ts'

export type LedgerRow = Row<typeof payloads>

/** The rows of one source, or of all, in the ledger as a query. */
const ledgerQuery = async (lake: Lake, source?: string): Promise<string> =>
  queryOver(lake, await filesOf(lake.platform.store, payloads), source)

const queryOver = async ({ engine }: Lake, files: readonly ObjectFile[], source?: string): Promise<string> => {
  const rows = files.length
    ? await overFiles(engine, payloads.columns, files)
    : emptyRelation(payloads.columns, sqlTypeName)
  return `select * from (${rows}) where starts_with(bronze_key, ${quoted(bronzePrefix(source))})`
}

/** Ledger rows of one source or of all, in the order of their download. */
export const readLedger = async (lake: Lake, source?: string): Promise<LedgerRow[]> =>
  lake.engine.rows<LedgerRow>(`${await ledgerQuery(lake, source)} order by fetched_at, bronze_key`)

/** The versions of the objects of the ledger by their keys. */
export type LedgerVersions = ReadonlyMap<string, string>

/**
 * Registers the payloads of a source that have landed. They stay in the engine: a lake has thousands of them. Returns the versions that
 * the objects had at least.
 */
export const registerLanded = async (lake: Lake, source: string): Promise<LedgerVersions> => {
  const files = await filesOf(lake.platform.store, payloads)
  await lake.engine.run(`create or replace table ${landedName} as ${await queryOver(lake, files, source)}`)
  return new Map(files.map(({ key, version }) => [key, version]))
}

/** Keys of the records of the registered payloads, and what was asked for. */
export const landedRecords = async ({ engine }: Lake) => {
  const rows = await engine.rows<LedgerRow>(`select bronze_key, request_key from ${landedName}`)
  return {
    landed: new Set(rows.map(({ bronze_key, request_key }) => recordKey(bronze_key ?? '', request_key))),
    requests: new Set(rows.map(({ request_key }) => request_key)),
  }
}

/** Per request of the batch the latest of a column among the registered answers. */
export const latestByRequest = async (
  { engine }: Lake,
  column: 'fetched_at' | 'last_order_at',
): Promise<ReadonlyMap<string, string>> => {
  const rows = await engine.rows<{ request_key: string; latest: string | null }>(
    `select request_key, max(${column}) as latest from ${landedName}
     where request_key in (select request_key from ${payloadIndex}) and status <> 'unanswered' group by all`,
  )
  return new Map(rows.flatMap(({ request_key, latest }) => (latest ? [[request_key, latest] as const] : [])))
}

/** Whether some rows of the ledger have an answer to a request of the batch that is neither registered nor in the batch. */
const hasOthersAmong = async ({ engine }: Lake, rows: string): Promise<boolean> => {
  const [found] = await engine.rows<{ n: number }>(
    `select count(*) as n from ${rows}
     where request_key in (select request_key from ${payloadIndex})
       and status <> 'unanswered'
       and bronze_key not in (select bronze_key from ${payloadIndex})
       and bronze_key not in (select bronze_key from ${landedName})`,
  )
  return !!found?.n
}

/**
 * Whether another process has landed an answer to a request of the batch since the payloads were registered, with objects of
 * these versions. The ledger of the years of the batch is `recorded`, as it was replaced just now. That of other years is read if it changed.
 */
export const hasOtherAnswers = async (
  lake: Lake,
  source: string,
  years: readonly number[],
  registered: LedgerVersions,
): Promise<boolean> => {
  const ofSource = `(select * from ${recordedName} where starts_with(bronze_key, ${quoted(bronzePrefix(source))}))`
  if (await hasOthersAmong(lake, ofSource)) return true
  const own = new Set(years.map((year) => objectKey(payloads, year)))
  const files = await filesOf(lake.platform.store, payloads)
  const hasChanged = files.some(({ key, version }) => !own.has(key) && registered.get(key) !== version)
  return hasChanged && hasOthersAmong(lake, `(${await queryOver(lake, files, source)})`)
}

/**
 * Registers `looks`: for each request, when it was answered and which sessions the answer covered. These are the given
 * rows and, if wanted, the registered payloads.
 */
export const registerLooks = async (
  { engine }: Lake,
  rows: readonly LedgerRow[],
  withLanded: boolean,
): Promise<void> => {
  const { source, request_key, fetched_at, first_session, asked_to } = payloads.columns
  const answered = rows.filter((row) => row.first_session && row.asked_to)
  const columns = { source, request_key, fetched_at, first_session, asked_to }
  const landed = `select ${Object.keys(columns).join(', ')} from ${landedName} where first_session is not null and asked_to is not null`
  if (withLanded && answered.length === 0) {
    await engine.run(`create or replace table ${looksName} as ${landed}`)
    return
  }
  await engine.load(looksName, columns, answered)
  if (withLanded) await engine.run(`insert into ${looksName} ${landed}`)
}

/** A payload is stored under the year of its download. */
export const yearsOf = (rows: readonly LedgerRow[]): number[] => [
  ...new Set(rows.map(({ fetched_at }) => Number(fetched_at.slice(0, 4)))),
]

/** Writes the rows of a batch into a bookkeeping table. The batch has payloads of these years. */
export const record = async (
  lake: Lake,
  table: typeof payloads | typeof rejectedRows,
  relation: string,
  years: readonly number[],
) => {
  const columns = Object.keys(table.columns).join(', ')
  await rewrite(lake, table, years, async (present) => {
    await lake.engine.run(
      `create or replace table ${recordedName} as
       select ${columns} from ${present} where bronze_key not in (select bronze_key from ${batchName})
       union all select ${columns} from ${relation}`,
    )
    return recordedName
  })
}

/** Removes the payloads of a source from the ledger, so that all of them land again. */
export const forget = async (lake: Lake, source: string): Promise<void> => {
  const columns = Object.keys(payloads.columns).join(', ')
  await rewrite(lake, payloads, await partitionsOf(lake.platform.store, payloads), async (present) => {
    await lake.engine.run(
      `create or replace table ${recordedName} as
       select ${columns} from ${present} where not starts_with(bronze_key, ${quoted(bronzePrefix(source))})`,
    )
    return recordedName
  })
}
