/** Writes tables and views as files that other tools read, with a manifest and the dictionary of their columns. */
import { createHash } from 'node:crypto'
import { prepareExport, writeExported, writeManifest } from '../../adapters/export-folder.ts'
import type { Answer, Engine } from '../../core/engine.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { version } from '../../core/version.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { parquetCopy } from '../../pipeline/silver/objects.ts'
import { silverVersions, type Versions } from '../../pipeline/silver/staleness.ts'
import { type Relation, storedUnder } from '../../schemas/view.ts'
import { csvOf } from '../csv.ts'
import { arrowFileOf } from '../desk/arrow.ts'
import { describeRelation } from '../desk/describe.ts'
import { viewStatement } from '../view-statement.ts'

export const exportFormats = ['parquet', 'csv', 'arrow'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface ExportOptions {
  readonly folder: string
  readonly relations: readonly Relation[]
  readonly format: ExportFormat
  /** Default: now. */
  readonly asOf?: Date
  readonly tell: (text: string) => void
}

/** CSV in parts; only the first has the header. */
async function* csvParts(parts: AsyncIterable<Answer>): AsyncIterable<Uint8Array> {
  let isFirst = true
  for await (const part of parts) {
    yield Buffer.from(csvOf(part, { header: isFirst }))
    isFirst = false
  }
}

const sqlFor = ({ name }: Relation) => viewStatement(name, {})

const writer =
  ({ engine, platform }: { engine: Engine; platform: Lake['platform'] }, format: ExportFormat, relation: Relation) =>
  async (path: string): Promise<void> => {
    const statement = sqlFor(relation)
    if (format === 'parquet') return engine.run(parquetCopy(statement, path))
    await platform.writeScratch(path, (format === 'csv' ? csvParts : arrowFileOf)(engine.parts(statement)))
  }

/** The stored objects that a relation is made of: how many, and a hash that changes with any of them. */
const inputsOf = (relation: Relation, versions: Versions) =>
  Object.fromEntries(
    storedUnder([relation]).map(({ name }) => {
      const objects = [...(versions.get(name) ?? [])]
      return [
        name,
        { objects: objects.length, version: createHash('sha256').update(JSON.stringify(objects)).digest('hex') },
      ]
    }),
  )

export const exportRelations = reading(async (lake: Lake, options: ExportOptions): Promise<void> => {
  const { folder, relations, format, asOf, tell } = options
  const { engine, platform } = lake
  await prepareExport(folder)
  // Materialized views are not stored for an earlier instant.
  if (asOf) await lake.hold(relations)
  const versions = await silverVersions(platform.store)
  const files: Record<string, unknown>[] = []
  for (const relation of relations) {
    const { name } = relation
    platform.progress.step(`exporting ${name}`)
    const file = `${name}.${format}`
    const written = await writeExported(folder, file, writer(lake, format, relation))
    const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from ${name}`)
    const rows = counted?.n ?? 0
    files.push({ name, kind: relation.kind, file, rows, ...written, inputs: inputsOf(relation, versions) })
    tell(`${file}: ${rows} rows, ${written.bytes} bytes\n`)
  }
  const dictionary = Buffer.from(
    `${JSON.stringify(
      relations.map(({ name }) => describeRelation(name)),
      null,
      2,
    )}\n`,
  )
  const ofDictionary = await writeExported(folder, 'dictionary.json', (path) => platform.writeScratch(path, dictionary))
  const notice = await sampleNoticeOf(platform.store)
  const [{ engine_version } = { engine_version: '' }] = await engine.rows<{ engine_version: string }>(
    'select version() as engine_version',
  )
  await writeManifest(folder, {
    as_of: (asOf ?? platform.now()).toISOString(),
    is_as_of_now: asOf === undefined,
    ...(notice ? { notice } : {}),
    versions: { precursor: version, duckdb: engine_version },
    format,
    files,
    dictionary: { file: 'dictionary.json', ...ofDictionary },
  })
})
