/** Ingest: fetch or take in payloads, then land them. One source's trouble never stops another. */
import { basename } from 'node:path'
import { messageOf, UsageError } from '../../core/errors.ts'
import { failedWith } from '../../core/outcome.ts'
import { sources } from '../../sources/index.ts'
import type { Source, Window } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import { type Decoder, sourceDecoder } from '../landing/decoder.ts'
import { importableTable, importDecoder, importSource, largestImport } from '../landing/import.ts'
import { type LandingReport, landAll, landNew } from '../landing/land.ts'
import { writeCalendar } from '../silver/calendar-tables.ts'
import { keep, stemOf } from './bronze.ts'
import { type Fetched, type FetchLimits, fetchSource } from './fetch.ts'

/** What a step did with one subject; the exit code of a command is the worst of its statuses. */
export interface Outcome {
  readonly subject: string
  readonly status: 'ok' | 'rejections' | 'failed'
  readonly rowCount: number
  readonly rejectedCount: number
  readonly error: string | null
}

interface Landed extends Outcome {
  /** Whether anything came that the lake did not have. */
  readonly hasNews: boolean
}

/** What came of one source. */
export type Ingested = Landed & Omit<Fetched, 'failures'>

export const sourceNamed = (name: string): Source => {
  const source = sources.find((each) => each.name === name)
  if (!source) throw new UsageError(`no source ${name}; there are ${sources.map((each) => each.name).join(', ')}`)
  return source
}

/** Fetches the sources for their windows, all at once, and lands them one after another. */
export const ingest = async (
  lake: Lake,
  wanted: readonly Source[],
  windowOf: (source: Source) => Window,
  limits: FetchLimits = {},
): Promise<Ingested[]> => {
  await writeCalendar(lake)
  const fetched = await Promise.all(wanted.map((source) => fetchSource(lake, source, windowOf(source), limits)))
  const outcomes: Ingested[] = []
  for (const [i, source] of wanted.entries()) {
    const { failures, isTransient, isPartial } = fetched[i]!
    const landed = await landing(lake, sourceDecoder(source), landNew, failures)
    outcomes.push({ ...landed, isTransient, isPartial })
  }
  return outcomes
}

/** Takes in a recorded payload as if the source had just sent it. */
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
  return landing(lake, sourceDecoder(source), landNew)
}

/** A payload that nobody could land is not kept either. */
const refuseLarge = (name: string, { length }: Uint8Array, limit: number) => {
  if (length > limit) throw new UsageError(`${name} has ${length} bytes, more than the limit of ${limit}: split it`)
}

/** Takes in an analyst's files for a table. */
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

/** Takes in CSV or Parquet for a table. */
export const importBodies = async (
  lake: Lake,
  table: string,
  bodies: readonly { readonly name: string; readonly body: Uint8Array }[],
  set: Readonly<Record<string, string>>,
): Promise<Outcome> => {
  importableTable(table)
  if (sources.some((source) => source.name === set.source)) {
    throw new UsageError(
      `${set.source} is a source of its own: give the import another name, such as ${set.source}_import`,
    )
  }
  for (const { name, body } of bodies) refuseLarge(name, body, largestImport)
  await writeCalendar(lake)
  for (const { name, body } of bodies) {
    const extension = /\.parquet$/i.test(name) ? 'parquet' : 'csv'
    const fetched_at = lake.platform.now().toISOString()
    const asked = { source: importSource, key: `${table}-${name}`, table, set, file: name }
    await keep(lake.platform.store, { ...asked, fetched_at, status: 200, headers: {}, extension }, body)
  }
  return landing(lake, importDecoder, landNew)
}

/** Derives all silver that payloads feed anew from bronze. */
export const rebuild = async (lake: Lake, wanted: readonly string[]): Promise<Outcome[]> => {
  await writeCalendar(lake, true)
  const decoders = [...sources.map(sourceDecoder), importDecoder].filter(
    (each) => wanted.length === 0 || wanted.includes(each.source),
  )
  const outcomes: Outcome[] = []
  for (const decoder of decoders) outcomes.push(await landing(lake, decoder, landAll))
  return outcomes
}

const landing = async (
  lake: Lake,
  decoder: Decoder,
  land: (lake: Lake, decoder: Decoder) => Promise<LandingReport>,
  fetchFailures: readonly string[] = [],
): Promise<Landed> => {
  try {
    const report = await land(lake, decoder)
    const errors = [...fetchFailures, ...report.refusals]
    return {
      subject: decoder.source,
      status: errors.length ? 'failed' : report.rejectedCount ? 'rejections' : 'ok',
      rowCount: report.rowCount,
      rejectedCount: report.rejectedCount,
      error: summary(errors),
      hasNews: Object.keys(report.changed).length > 0,
    }
  } catch (error) {
    lake.platform.log.warn({ source: decoder.source }, messageOf(error))
    return { ...failedWith(decoder.source, error), hasNews: false }
  }
}

const summary = (errors: readonly string[]) =>
  errors.length > 1 ? `${errors[0]} (and ${errors.length - 1} more; see the payloads table)` : (errors[0] ?? null)
