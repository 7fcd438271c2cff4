/** The ledger: which bronze payloads have landed, and with what result. It is written last, so that a payload whose landing crashed lands again. */

import { quoted } from '../../core/engine.ts'
import type { Row } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import type { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { bronzePrefix } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { overFiles } from '../silver/files.ts'
import { filesOf, rewrite, yearsOf } from '../silver/objects.ts'
import { batchName, looksName, recordedName } from './relations.ts'

export type LedgerRow = Row<typeof payloads>

/** The rows of the ledger as a query; undefined before the first payload has landed. */
const ledgerQuery = async ({ engine, platform }: Lake): Promise<string | undefined> => {
  const files = await filesOf(platform.store, payloads)
  return files.length ? overFiles(engine, payloads.columns, files) : undefined
}

/** Ledger rows of one source or of all, in the order of their download. */
export const readLedger = async (lake: Lake, source?: string): Promise<LedgerRow[]> => {
  const rows = await ledgerQuery(lake)
  if (!rows) return []
  return lake.engine.rows<LedgerRow>(
    `select * from (${rows}) where starts_with(bronze_key, ${quoted(bronzePrefix(source))}) order by fetched_at, bronze_key`,
  )
}

/** Registers `looks`: for each request, when it was answered and which sessions the answer covered. */
export const registerLooks = async (lake: Lake, rows: readonly LedgerRow[]): Promise<void> => {
  const { source, request_key, fetched_at, first_session, asked_to } = payloads.columns
  const answered = rows.filter((row) => row.first_session && row.asked_to)
  await lake.engine.load(looksName, { source, request_key, fetched_at, first_session, asked_to }, answered)
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
  await rewrite(lake, payloads, await yearsOf(lake.platform.store, payloads), async (present) => {
    await lake.engine.run(
      `create or replace table ${recordedName} as
       select ${columns} from ${present} where not starts_with(bronze_key, ${quoted(bronzePrefix(source))})`,
    )
    return recordedName
  })
}
