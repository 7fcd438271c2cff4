/** The ledger: which bronze payloads have landed, and with what result. It is written last, so that a payload whose landing crashed lands again. */

import { quoted } from '../../core/engine.ts'
import type { Row, Table } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import type { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { bronzePrefix } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import { rewrite, yearsOf } from '../silver/objects.ts'

export type LedgerRow = Row<typeof payloads>

const relationOf = async ({ engine, platform }: Lake, table: Table) => {
  const keys = (await platform.store.list(`silver/${table.name}`))
    .map(({ key }) => key)
    .filter((key) => key.endsWith('.parquet'))
  if (keys.length === 0) return undefined
  const paths = await platform.store.readable(keys)
  const relation = `ledger_${table.name}`
  await engine.run(
    `create or replace view ${relation} as select * from read_parquet([${paths.map(quoted).join(', ')}], hive_partitioning = false)`,
  )
  return relation
}

/** Ledger rows of one source, in the order of their download. */
export const readLedger = async (lake: Lake, source: string): Promise<LedgerRow[]> => {
  const relation = await relationOf(lake, payloads)
  if (!relation) return []
  return lake.engine.rows<LedgerRow>(
    `select * from ${relation} where starts_with(bronze_key, ${quoted(bronzePrefix(source))}) order by fetched_at, bronze_key`,
  )
}

/** Registers `looks`: for each request, when it was answered and which sessions the answer covered. */
export const registerLooks = async (lake: Lake, rows: readonly LedgerRow[]): Promise<void> => {
  const { source, request_key, fetched_at, first_session, asked_to } = payloads.columns
  const answered = rows.filter((row) => row.first_session && row.asked_to)
  await lake.engine.load('looks', { source, request_key, fetched_at, first_session, asked_to }, answered)
}

/** Writes the rows of a batch into a bookkeeping table. With `all` they replace all rows of the source. */
export const record = async (
  lake: Lake,
  table: typeof payloads | typeof rejectedRows,
  source: string,
  relation: string,
  all: boolean,
) => {
  const [found] = await lake.engine.rows<{ n: number }>(`select count(*) as n from ${relation}`)
  if (!found?.n && !all) return
  // A payload is stored under the year of its download.
  const batchYears = () => lake.engine.rows<{ y: number }>('select distinct year(fetched_at) as y from batch')
  const years = all ? await yearsOf(lake.platform.store, table) : (await batchYears()).map(({ y }) => y)
  const columns = Object.keys(table.columns).join(', ')
  await rewrite(lake, table, years, async (present) => {
    const stays = all
      ? `not starts_with(bronze_key, ${quoted(bronzePrefix(source))})`
      : `bronze_key not in (select bronze_key from batch)`
    await lake.engine.run(
      `create or replace table recorded as
       select ${columns} from ${present} where ${stays} union all select ${columns} from ${relation}`,
    )
    return 'recorded'
  })
}
