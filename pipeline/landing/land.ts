/** Landing: bronze payloads of one source become silver rows. The same payloads always give the same bytes. */

import { quoted, withKnownSession } from '../../core/engine.ts'
import { ContractError, messageOf } from '../../core/errors.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { type BronzeRecord, isUnanswered, readRecord, recordKey, recordKeys } from '../ingest/bronze.ts'
import { refuseLosses } from '../ingest/bronze-integrity.ts'
import type { Lake } from '../lake/lake.ts'
import type { Partition } from '../silver/partitions.ts'
import { type Decoder, refuse, type Verdict } from './decoder.ts'
import { isOfValues } from './faults.ts'
import {
  hasOtherAnswers,
  type LedgerRow,
  type LedgerVersions,
  landedRecords,
  latestByRequest,
  record,
  registerLanded,
  registerLooks,
  yearsOf,
} from './ledger.ts'
import { ledgerRows, type Span, spansOf } from './ledger-rows.ts'
import { merge, tryStamps } from './merge.ts'
import { changesThePast } from './own-instants.ts'
import { payloadsOf } from './payload-facts.ts'
import { batchName, payloadIndex, rejectedBatchName, rejectionsName, stageName } from './relations.ts'
import { settleRestatements } from './restatement.ts'
import { closeStages, indexPayloads, rowNumber, takeBack } from './staging.ts'
import { isBySession, validate } from './validate.ts'

export interface LandingReport {
  readonly source: string
  readonly payloadCount: number
  readonly rowCount: number
  readonly rejectedCount: number
  /** Bars outside the regular hours, which are not stored. */
  readonly leftOutCount: number
  /** One message per payload that was refused whole. */
  readonly refusals: readonly string[]
  /** Per table the partitions whose objects changed. */
  readonly changed: Readonly<Record<string, readonly Partition[]>>
}

/** Lands what has not landed yet. */
export const landNew = async (lake: Lake, decoder: Decoder): Promise<LandingReport> => {
  const registered = await registerLanded(lake, decoder.source)
  const { landed, requests } = await landedRecords(lake)
  const keys = (await recordKeys(lake.platform.store, decoder.source)).filter((key) => !landed.has(key))
  if (keys.length === 0) return emptyReport(decoder.source)
  const { records: fresh, damaged } = await readRecords(lake, keys)
  if (fresh.length === 0) return withDamaged(emptyReport(decoder.source), damaged)
  // Vintages are kept where a value changed, which depends on the order; an older answer means deriving all anew.
  await indexPayloads(lake.engine, fresh)
  const isAgain = fresh.some(({ key }) => requests.has(key))
  const latest = isAgain ? await latestByRequest(lake, 'fetched_at') : new Map<string, string>()
  const late = fresh.some((each) => !isUnanswered(each) && each.fetched_at < (latest.get(each.key) ?? ''))
  if (late) return landAll(lake, decoder)
  const report = await land(lake, decoder, fresh, { registered })
  return report ? withDamaged(report, damaged) : landAll(lake, decoder)
}

/** Derives everything of this origin anew from bronze. */
export const landAll = async (lake: Lake, decoder: Decoder, refused: Refused = new Map()): Promise<LandingReport> => {
  const { store } = lake.platform
  for (;;) {
    await refuseLosses(lake, decoder.source)
    const keys = await recordKeys(store, decoder.source)
    const { records, damaged } = await readRecords(lake, keys)
    // Without a payload, imports name no table.
    if (decoder.tables(records).length === 0) return withDamaged(emptyReport(decoder.source), damaged)
    const report = await land(lake, decoder, records, { refused: refusedAmong(records, refused) })
    // A payload that another process stored meanwhile may have been merged before the rows that it is compared with.
    const known = new Set(keys)
    if (report && (await recordKeys(store, decoder.source)).every((key) => known.has(key)))
      return withDamaged(report, damaged)
  }
}

/** The same refusals for records that were read again. */
const refusedAmong = (records: readonly BronzeRecord[], refused: Refused): Refused => {
  const verdicts = new Map([...refused].map(([record, verdict]) => [idOf(record), verdict]))
  return new Map(
    records.flatMap((record) => {
      const verdict = verdicts.get(idOf(record))
      return verdict ? [[record, verdict] as const] : []
    }),
  )
}

const idOf = ({ body, key }: BronzeRecord) => recordKey(body, key)

/** The records in the order of their download, and one message per record that is damaged: nobody knows what it is about. */
const readRecords = async ({ platform }: Lake, keys: readonly string[]) => {
  const damaged: string[] = []
  const read = await Promise.all(
    keys.map((key) =>
      readRecord(platform.store, key).catch((error: unknown) => {
        if (!(error instanceof ContractError)) throw error
        damaged.push(messageOf(error))
        return []
      }),
    ),
  )
  const records = read
    .flat()
    .sort((a, b) => compare(a.fetched_at, b.fetched_at) || compare(a.body, b.body) || compare(a.key, b.key))
  return { records, damaged: damaged.sort() }
}

const withDamaged = (report: LandingReport, damaged: readonly string[]): LandingReport => ({
  ...report,
  refusals: [...new Set([...report.refusals, ...damaged])],
})

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const emptyReport = (source: string): LandingReport => ({
  source,
  payloadCount: 0,
  rowCount: 0,
  rejectedCount: 0,
  leftOutCount: 0,
  refusals: [],
  changed: {},
})

/** Payloads that cannot be landed, with their refusals. */
type Refused = ReadonlyMap<BronzeRecord, Verdict>

/** Stages indexed payloads; those refused beforehand leave no rows. */
const stage = async (lake: Lake, decoder: Decoder, records: readonly BronzeRecord[], refused: Refused) => {
  const outcomes = [...(await decoder.stage(lake, records))]
  const tables = decoder.tables(records)
  for (const [payload, record] of records.entries()) {
    const refusal = refused.get(record)
    if (!refusal) continue
    outcomes[payload] = refusal
    for (const table of tables) await takeBack(lake.engine, table, payload)
  }
  return { outcomes, tables }
}

const validateAll = async ({ engine }: Lake, tables: readonly Table[]) => {
  for (const table of tables) await validate(engine, table, tables)
}

/** What stamps the rows of a batch. */
const stampedBy = ({ lag }: Decoder, batch: readonly BronzeRecord[]) => ({
  payloads: payloadsOf(batch),
  ...(lag ? { lag } : {}),
})

/** The payloads that fail also when each is tried alone, without anything being written. */
const culpritsAmong = async (lake: Lake, decoder: Decoder, records: readonly BronzeRecord[]): Promise<Refused> => {
  const culprits = new Map<BronzeRecord, Verdict>()
  for (const record of records) {
    try {
      await indexPayloads(lake.engine, [record])
      const { tables } = await stage(lake, decoder, [record], new Map())
      await validateAll(lake, tables)
      await registerLooks(lake, [], false)
      for (const table of tables) await tryStamps(lake, table, stampedBy(decoder, [record]))
    } catch (error) {
      if (!isOfValues(error)) throw error
      culprits.set(record, refuse(lake, record, error))
    }
  }
  return culprits
}

interface Landing {
  readonly refused?: Refused
  /** For payloads that have not landed: the ledger that they were compared with. They are indexed. Without it, payloads are derived anew. */
  readonly registered?: LedgerVersions
}

/**
 * Lands payloads. If their values make a step fail, those that are to blame are refused and the others land. Undefined if new payloads
 * have to be derived anew with all others of their origin.
 */
const land = async (
  lake: Lake,
  decoder: Decoder,
  records: readonly BronzeRecord[],
  { refused = new Map(), registered }: Landing,
): Promise<LandingReport | undefined> => {
  const merged: Record<string, readonly Partition[]> = {}
  try {
    if (!registered) await indexPayloads(lake.engine, records)
    return await landTogether(lake, decoder, records, refused, registered, merged)
  } catch (error) {
    if (!isOfValues(error)) throw error
    const culprits = await culpritsAmong(
      lake,
      decoder,
      records.filter((each) => !refused.has(each)),
    )
    if (culprits.size === 0) throw error
    const all = new Map([...refused, ...culprits])
    // A table that was merged before the failure may hold rows of a culprit.
    if (registered && Object.keys(merged).length > 0) return await landAll(lake, decoder, all)
    if (registered) await indexPayloads(lake.engine, records)
    return await land(lake, decoder, records, { refused: all, ...(registered ? { registered } : {}) })
  } finally {
    await closeStages(lake.engine, decoder.tables(records))
  }
}

const landTogether = async (
  lake: Lake,
  decoder: Decoder,
  records: readonly BronzeRecord[],
  refused: Refused,
  registered: LedgerVersions | undefined,
  changed: Record<string, readonly Partition[]>,
): Promise<LandingReport | undefined> => {
  lake.platform.progress.step(`${decoder.source}: ${records.length} payloads`)
  const { outcomes, tables } = await stage(lake, decoder, records, refused)
  const work = () => landStaged(lake, decoder, records, outcomes, tables, registered, changed)
  return (await isSmall(lake, outcomes, tables)) ? lake.engine.onOneThread(work) : work()
}

/** Limits of a small batch: so many rows, and so many bytes of an object that they may be merged with. */
const small = { rows: 20_000, bytes: 1_000_000 } as const

/** Whether a batch is so small that a statement takes longer to share its work among threads than to do it. */
const isSmall = async (
  { engine, platform }: Lake,
  outcomes: readonly Verdict[],
  tables: readonly Table[],
): Promise<boolean> => {
  if (engine.threads === 1 || sum(outcomes.map(({ rows }) => rows)) > small.rows) return false
  const objects = await Promise.all(tables.map(({ name }) => platform.store.list(`silver/${name}/`)))
  return objects.flat().every(({ size }) => size <= small.bytes)
}

/** Lands staged payloads. Undefined if they have to be derived anew. */
const landStaged = async (
  lake: Lake,
  decoder: Decoder,
  records: readonly BronzeRecord[],
  outcomes: readonly Verdict[],
  tables: readonly Table[],
  registered: LedgerVersions | undefined,
  changed: Record<string, readonly Partition[]>,
): Promise<LandingReport | undefined> => {
  const { engine } = lake
  const anew = registered === undefined
  await validateAll(lake, tables)
  const spans = await spansOf(lake, tables)
  const rows = ledgerRows(records, outcomes, spans)
  if (!anew && (await outOfOrder(lake, tables, rows, spans))) return undefined
  if (!anew && (await changesThePast(lake, decoder.source, tables))) return undefined
  if (decoder.restates && tables.includes(dailyBars)) await settleRestatements(lake, anew, records.length)

  if (tables.some(isBySession)) await registerLooks(lake, rows, !anew)
  for (const table of tables) {
    const partitions = await merge(lake, table, { ...stampedBy(decoder, records), replacesBatch: anew })
    if (partitions.length) changed[table.name] = partitions
  }
  await engine.load(batchName, payloads.columns, rows)
  const years = yearsOf(rows)
  const rejectedCount = sum(rows.map((row) => row.rejected_count))
  if (anew || rejectedCount > 0) {
    await collectRejected(lake, tables, rejectedCount)
    await record(lake, rejectedRows, rejectedBatchName, years)
  }
  await record(lake, payloads, batchName, years)
  // If another process has landed an answer to one of the same requests meanwhile, their order is not known.
  if (registered && (await hasOtherAnswers(lake, decoder.source, years, registered))) return undefined
  return {
    source: decoder.source,
    payloadCount: records.filter((each) => !isUnanswered(each)).length,
    rowCount: sum(rows.map((row) => row.row_count - row.rejected_count - (row.left_out_count ?? 0))),
    rejectedCount,
    leftOutCount: sum(rows.map((row) => row.left_out_count ?? 0)),
    refusals: rows.flatMap(({ status, error }) => (status === 'refused' && error ? [error] : [])),
    changed,
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Published vintages older than what the ledger has seen of the same series: their order decides what is kept. */
const outOfOrder = async (
  lake: Lake,
  tables: readonly Table[],
  rows: readonly LedgerRow[],
  spans: ReadonlyMap<number, Span>,
): Promise<boolean> => {
  if (!tables.some((table) => table.vintagesBy === 'published_at')) return false
  const latest = await latestByRequest(lake, 'last_order_at')
  return rows.some((row, i) => (spans.get(i)?.earliest ?? '9999') < (latest.get(row.request_key) ?? ''))
}

/** Registers the rejected rows of all tables, as text. */
const collectRejected = async ({ engine }: Lake, tables: readonly Table[], count: number) => {
  if (count === 0) return engine.load(rejectedBatchName, rejectedRows.columns, [])
  const parts = tables.map((table) => {
    const fields = reportedColumns(table).map((name) => `${name} := s.${name}`)
    return `select ${quoted(table.name)} as table_name, ${rowNumber('s')} as row_number, _reason as reason,
                   cast(to_json(struct_pack(${fields.join(', ')})) as varchar) as content,
                   _source as source, p.fetched_at as known_at, 'observed' as known_basis, p.fetched_at, p.bronze_key
            from ${stageName(table)} s join ${rejectionsName(table)} r on r._id = s._id join ${payloadIndex} p using (_payload)
            where _reason is not null`
  })
  await engine.run(
    `create or replace table ${rejectedBatchName} as ${withKnownSession(`(${parts.join(' union all ')})`)}`,
  )
}
