/** The ledger: which bronze payloads have landed, and with what result. It is written last, so that a payload whose landing crashed lands again. */

import { quoted } from '../../core/engine.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import type { Row } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import type { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { bronzePrefix, recordKey } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { emptyRelation, overFiles } from '../silver/files.ts'
import { filesOf, partitionsOf, rewrite } from '../silver/objects.ts'
import { batchName, landedName, looksName, payloadIndex, recordedName } from './relations.ts'

export type LedgerRow = Row<typeof payloads>

/** The rows of one source, or of all, in the ledger as a query. */
const ledgerQuery = async ({ engine, platform }: Lake, source?: string): Promise<string> => {
  const files = await filesOf(platform.store, payloads)
  const rows = files.length
    ? await overFiles(engine, payloads.columns, files)
    : emptyRelation(payloads.columns, sqlTypeName)
  return `select * from (${rows}) where starts_with(bronze_key, ${quoted(bronzePrefix(source))})`
}

/** Ledger rows of one source or of all, in the order of their download. */
export const readLedger = async (lake: Lake, source?: string): Promise<LedgerRow[]> =>
  lake.engine.rows<LedgerRow>(`${await ledgerQuery(lake, source)} order by fetched_at, bronze_key`)

/** Registers the payloads of a source that have landed. They stay in the engine: a lake has thousands of them. */
export const registerLanded = async (lake: Lake, source: string): Promise<void> =>
  lake.engine.run(`create or replace table ${landedName} as ${await ledgerQuery(lake, source)}`)

/** Keys of the records of the registered payloads. */
export const landedRecords = async ({ engine }: Lake): Promise<ReadonlySet<string>> => {
  const rows = await engine.rows<LedgerRow>(`select bronze_key, request_key from ${landedName}`)
  return new Set(rows.map(({ bronze_key, request_key }) => recordKey(bronze_key ?? '', request_key)))
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

/** Whether an answer to a request of the batch has landed that is neither registered nor in the batch. */
export const hasOtherAnswers = async (lake: Lake, source: string): Promise<boolean> => {
  const [found] = await lake.engine.rows<{ n: number }>(
    `select count(*) as n from (${await ledgerQuery(lake, source)})
     where request_key in (select request_key from ${payloadIndex})
       and status <> 'unanswered'
       and bronze_key not in (select bronze_key from ${payloadIndex})
       and bronze_key not in (select bronze_key from ${landedName})`,
  )
  return !!found?.n
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
  await engine.load(looksName, { source, request_key, fetched_at, first_session, asked_to }, answered)
  if (withLanded)
    await engine.run(
      `insert into ${looksName} select source, request_key, fetched_at, first_session, asked_to from ${landedName}
       where first_session is not null and asked_to is not null`,
    )
}

/** Writes the rows of a batch into a bookkeeping table. With `again` the payloads have landed before, with other rows. */
export const record = async (
  lake: Lake,
  table: typeof payloads | typeof rejectedRows,
  relation: string,
  again: boolean,
) => {
  const [found] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${relation}`)
  if (!found?.n && !again) return
  // A payload is stored under the year of its download.
  const batchYears = await lake.engine.rows<{ y: number }>(`select distinct year(fetched_at) as y from ${batchName}`)
  const columns = Object.keys(table.columns).join(', ')
  await rewrite(
    lake,
    table,
    batchYears.map(({ y }) => y),
    async (present) => {
      await lake.engine.run(
        `create or replace table ${recordedName} as
       select ${columns} from ${present} where bronze_key not in (select bronze_key from ${batchName})
       union all select ${columns} from ${relation}`,
      )
      return recordedName
    },
  )
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
