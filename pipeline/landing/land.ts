/** Landing: bronze payloads of one source become silver rows. The same payloads always give the same bytes. */
import { reportedColumns, type Table } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { type BronzeRecord, bronzePrefix, readRecord, recordKey, recordKeys } from '../bronze.ts'
import { knownSession } from '../calendar/sessions.ts'
import { quoted } from '../engine.ts'
import type { Lake } from '../lake.ts'
import type { Decoder } from './decoder.ts'
import { type LedgerRow, readLedger, record, registerLooks } from './ledger.ts'
import { merge } from './merge.ts'
import { settleRestatements } from './restatement.ts'
import { rejectedName, validate } from './validate.ts'

export interface LandingReport {
  readonly source: string
  readonly payloadCount: number
  readonly rowCount: number
  readonly rejectedCount: number
  /** One message per payload that was refused whole. */
  readonly refusals: readonly string[]
  readonly changed: Readonly<Record<string, readonly number[]>>
}

/** Lands what has not landed yet. */
export const landNew = async (lake: Lake, decoder: Decoder): Promise<LandingReport> => {
  const ledger = await readLedger(lake, decoder.source)
  const landed = new Set(ledger.map((row) => recordKey(row.bronze_key ?? '', row.request_key)))
  const keys = (await recordKeys(lake.platform.store, decoder.source)).filter((key) => !landed.has(key))
  if (keys.length === 0) return emptyReport(decoder.source)
  const fresh = await readRecords(lake, keys)
  // Vintages are kept where a value changed, which depends on the order; an older answer means deriving all anew.
  const latest = new Map(ledger.map((row) => [row.request_key, row.fetched_at]))
  const late = fresh.some((each) => each.fetched_at < (latest.get(each.key) ?? ''))
  return late ? landAll(lake, decoder) : land(lake, decoder, fresh, ledger, false)
}

/** Derives everything of this origin anew from bronze. */
export const landAll = async (lake: Lake, decoder: Decoder): Promise<LandingReport> =>
  land(lake, decoder, await readRecords(lake, await recordKeys(lake.platform.store, decoder.source)), [], true)

const readRecords = async ({ platform }: Lake, keys: readonly string[]) => {
  const records = await Promise.all(keys.map((key) => readRecord(platform.store, key)))
  return records.sort((a, b) => compare(a.fetched_at, b.fetched_at) || compare(a.body, b.body) || compare(a.key, b.key))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const emptyReport = (source: string): LandingReport => ({
  source,
  payloadCount: 0,
  rowCount: 0,
  rejectedCount: 0,
  refusals: [],
  changed: {},
})

const land = async (
  lake: Lake,
  decoder: Decoder,
  records: readonly BronzeRecord[],
  ledger: readonly LedgerRow[],
  anew: boolean,
): Promise<LandingReport> => {
  const { engine, platform } = lake
  platform.progress.step(`${decoder.source}: ${records.length} payloads`)
  const outcomes = await decoder.stage(lake, records)
  for (const table of decoder.tables) await validate(engine, table)
  const rows = await ledgerRows(lake, decoder, records, outcomes)
  if (!anew && (await outOfOrder(lake, decoder, ledger, rows))) return landAll(lake, decoder)
  await settleRestatements(lake, decoder, anew)

  await registerLooks(lake, [...ledger, ...rows])
  const changed: Record<string, readonly number[]> = {}
  for (const table of decoder.tables) {
    const options = {
      ...(decoder.lag ? { lag: decoder.lag } : {}),
      ...(anew ? { replace: bronzePrefix(decoder.source) } : {}),
    }
    const years = await merge(lake, table, options)
    if (years.length) changed[table.name] = years
  }
  await engine.load('batch', payloads.columns, rows)
  await collectRejected(lake, decoder.tables)
  await record(lake, rejectedRows, decoder.source, 'rejected_batch', anew)
  await record(lake, payloads, decoder.source, 'batch', anew)
  return {
    source: decoder.source,
    payloadCount: rows.length,
    rowCount: sum(rows.map((row) => row.row_count - row.rejected_count)),
    rejectedCount: sum(rows.map((row) => row.rejected_count)),
    refusals: rows.flatMap((row) => row.error ?? []),
    changed,
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Published vintages older than what the ledger has seen of the same series: their order decides what is kept. */
const outOfOrder = async (lake: Lake, decoder: Decoder, ledger: readonly LedgerRow[], rows: readonly LedgerRow[]) => {
  if (!decoder.tables.some((table) => table.vintagesBy === 'published_at')) return false
  const latest = new Map<string, string>()
  for (const row of ledger) {
    const seen = latest.get(row.request_key) ?? ''
    if ((row.last_order_at ?? '') > seen) latest.set(row.request_key, row.last_order_at!)
  }
  const firsts = await firstOrders(lake, decoder)
  return rows.some((row) => {
    const first = firsts.get(`${row.bronze_key} ${row.request_key}`)
    return first !== undefined && first < (latest.get(row.request_key) ?? '')
  })
}

const stagedUnion = (tables: readonly Table[], select: (table: Table) => string) =>
  tables.map(select).join(' union all ')

const firstOrders = async ({ engine }: Lake, { tables }: Decoder) => {
  const found = await engine.rows<{ b: string; k: string; first: string | null }>(
    `select b, k, min(o) as first from (${stagedUnion(tables, (table) => `select _bronze_key as b, _request_key as k, _published_at as o from judged_${table.name}`)}) group by all`,
  )
  return new Map(found.flatMap((each) => (each.first ? [[`${each.b} ${each.k}`, each.first] as const] : [])))
}

const ledgerRows = async (
  { engine }: Lake,
  decoder: Decoder,
  records: readonly BronzeRecord[],
  outcomes: readonly { rows: number; error: string | null }[],
): Promise<LedgerRow[]> => {
  const spans = await engine.rows<{
    b: string
    k: string
    first: string | null
    last: string | null
    latest: string | null
    rejected: number
  }>(
    `select b, k, min(s) as first, max(s) as last, max(o) as latest, sum(r) as rejected from (${stagedUnion(
      decoder.tables,
      (table) =>
        `select _bronze_key as b, _request_key as k, ${table.grain.includes('session') ? 'session' : 'cast(null as date)'} as s,
                _published_at as o, case when _reason is null then 0 else 1 end as r from judged_${table.name}`,
    )}) group by all`,
  )
  const byPayload = new Map(spans.map((each) => [`${each.b} ${each.k}`, each]))
  return records.map((each, i) => {
    const span = byPayload.get(`${each.body} ${each.key}`)
    const outcome = outcomes[i]!
    const rejected = Number(span?.rejected ?? 0)
    return {
      source: each.source,
      request_key: each.key,
      status: outcome.error ? 'refused' : rejected ? 'landed_with_rejections' : 'landed',
      row_count: outcome.rows,
      rejected_count: rejected,
      first_session: span?.first ?? null,
      last_session: span?.last ?? null,
      asked_to: each.asked_to ?? null,
      last_order_at: span?.latest ?? null,
      error: outcome.error,
      ...observedAt(each.fetched_at),
      bronze_key: each.body,
    }
  })
}

const observedAt = (instant: string) => ({
  known_at: instant,
  known_basis: 'observed',
  known_session: knownSession(new Date(instant))?.session ?? instant.slice(0, 10),
  fetched_at: instant,
})

/** `rejected_batch`: the rows set aside, of all tables, as text. */
const collectRejected = async ({ engine }: Lake, tables: readonly Table[]) => {
  const parts = stagedUnion(tables, (table) => {
    const content = `to_json(struct_pack(${reportedColumns(table)
      .map((name) => `${name} := r.${name}`)
      .join(', ')}))`
    return `select ${quoted(table.name)} as table_name, _row as row_number, _reason as reason, cast(${content} as varchar) as content,
                   _source as source, _fetched_at as known_at, 'observed' as known_basis, cut.known_session,
                   _fetched_at as fetched_at, _bronze_key as bronze_key
            from ${rejectedName(table)} r asof left join (select session as known_session, as_of from calendar) cut on cut.as_of >= r._fetched_at`
  })
  await engine.run(`create or replace temp table rejected_batch as ${parts}`)
}
