/** Files handed in by a person: recorded payloads of a source, and an analyst's tables. */
import { basename } from 'node:path'
import { isZone } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Table } from '../../schemas/table.ts'
import { sources } from '../../sources/index.ts'
import type { Source } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { sourceDecoder } from '../landing/decoder.ts'
import { importableTable, importDecoder } from '../landing/import.ts'
import { largestImport } from '../landing/import-bytes.ts'
import { landNew } from '../landing/land.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { importSource, keep, stemOf } from './bronze.ts'
import { landPayloads } from './land-payloads.ts'

/** Stores and lands a recorded payload as if the source had just sent it. */
export const ingestPayload = async (
  lake: Lake,
  source: Source,
  file: string,
  options: { readonly key?: string; readonly fetchedAt?: Date },
): Promise<Outcome> => {
  const body = await lake.platform.readFile(file, source.maxBytes)
  await writeCalendar(lake)
  const key = options.key ?? stemOf(basename(file))
  await keep(
    lake.platform.store,
    {
      source: source.name,
      key,
      fetched_at: (options.fetchedAt ?? lake.platform.now()).toISOString(),
      extension: source.extension,
      status: 200,
      headers: {},
      file: basename(file),
      ...(options.key ? { is_key_given: true } : {}),
    },
    body,
  )
  return landPayloads(lake, sourceDecoder(source), landNew)
}

export interface ImportOptions {
  /** Time zone of the local times in the files. Default: New York. */
  readonly zone?: string
}

/** Imports an analyst's files into a table. */
export const importFiles = async (
  lake: Lake,
  table: string,
  files: readonly string[],
  set: Readonly<Record<string, string>>,
  options: ImportOptions = {},
): Promise<Outcome> => {
  // One after another, since a file may have hundreds of megabytes.
  const reading = files.map((file) => async () => ({
    name: basename(file),
    body: await lake.platform.readFile(file, largestImport),
  }))
  return importEach(lake, table, reading, set, options)
}

/** Imports CSV or Parquet bytes into a table. */
export const importBodies = async (
  lake: Lake,
  table: string,
  bodies: readonly NamedBody[],
  set: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  importEach(
    lake,
    table,
    bodies.map((each) => async () => each),
    set,
  )

const checkZone = ({ name, bars }: Table, zone: string | undefined): void => {
  if (zone === undefined) return
  if (!bars) throw new UsageError(`${name} has no local times, so that --zone says nothing about it`)
  if (!isZone(zone)) throw new UsageError(`--zone ${zone}: expected a time zone, such as America/New_York or UTC`)
}

interface NamedBody {
  readonly name: string
  readonly body: Uint8Array
}

const importEach = async (
  lake: Lake,
  table: string,
  reading: readonly (() => Promise<NamedBody>)[],
  set: Readonly<Record<string, string>>,
  { zone }: ImportOptions = {},
): Promise<Outcome> => {
  checkZone(importableTable(table), zone)
  if (sources.some((source) => source.name === set.source)) {
    throw new UsageError(`${set.source} is a live source: give the import another name, such as ${set.source}_import`)
  }
  // If one of them cannot be read or is too large, none is stored.
  for (const read of reading) await read()
  await writeCalendar(lake)
  for (const read of reading) {
    const { name, body } = await read()
    const extension = /\.parquet$/i.test(name) ? 'parquet' : 'csv'
    const fetched_at = lake.platform.now().toISOString()
    const asked = { source: importSource, key: `${table}-${name}`, table, set, file: name, ...(zone ? { zone } : {}) }
    await keep(lake.platform.store, { ...asked, fetched_at, status: 200, headers: {}, extension }, body)
  }
  return landPayloads(lake, importDecoder, landNew)
}
