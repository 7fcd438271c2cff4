/** Files handed in by a person: recorded payloads of a source, and an analyst's tables. */
import { basename } from 'node:path'
import { UsageError } from '../../core/errors.ts'
import type { Outcome } from '../../core/outcome.ts'
import { sources } from '../../sources/index.ts'
import type { Source } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { sourceDecoder } from '../landing/decoder.ts'
import { importableTable, importDecoder, largestImport } from '../landing/import.ts'
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
  await writeCalendar(lake)
  const body = await lake.platform.readFile(file)
  refuseLarge(basename(file), body, source.maxBytes)
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

/** Refuses a file that could not be landed, before it is stored. */
const refuseLarge = (name: string, { length }: Uint8Array, limit: number) => {
  if (length > limit) throw new UsageError(`${name} has ${length} bytes, more than the limit of ${limit}: split it`)
}

/** Imports an analyst's files into a table. */
export const importFiles = async (
  lake: Lake,
  table: string,
  files: readonly string[],
  set: Readonly<Record<string, string>>,
): Promise<Outcome> => {
  importableTable(table)
  const bodies = await Promise.all(
    files.map(async (file) => ({ name: basename(file), body: await lake.platform.readFile(file) })),
  )
  return importBodies(lake, table, bodies, set)
}

/** Imports CSV or Parquet bytes into a table. */
export const importBodies = async (
  lake: Lake,
  table: string,
  bodies: readonly { readonly name: string; readonly body: Uint8Array }[],
  set: Readonly<Record<string, string>>,
): Promise<Outcome> => {
  importableTable(table)
  if (sources.some((source) => source.name === set.source)) {
    throw new UsageError(`${set.source} is a live source: give the import another name, such as ${set.source}_import`)
  }
  for (const { name, body } of bodies) refuseLarge(name, body, largestImport)
  await writeCalendar(lake)
  for (const { name, body } of bodies) {
    const extension = /\.parquet$/i.test(name) ? 'parquet' : 'csv'
    const fetched_at = lake.platform.now().toISOString()
    const asked = { source: importSource, key: `${table}-${name}`, table, set, file: name }
    await keep(lake.platform.store, { ...asked, fetched_at, status: 200, headers: {}, extension }, body)
  }
  return landPayloads(lake, importDecoder, landNew)
}
