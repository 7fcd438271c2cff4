/** Parquet files as a relation with the columns declared today, whatever version of the declaration wrote them. */
import { type Engine, type FileList, fileToRead, parquetFiles, quoted } from '../../core/engine.ts'
import { messageOf } from '../../core/errors.ts'
import { type Columns, sqlTypeName } from '../../schemas/column.ts'

/** One object as a file of this machine. */
export interface ObjectFile {
  readonly key: string
  readonly path: string
  /** Changes whenever the object is replaced. */
  readonly version: string
}

/** An empty relation with these columns. */
export const emptyRelation = (columns: Columns, typeName: (type: Columns[string]['type']) => string) =>
  `select ${Object.entries(columns)
    .map(([name, column]) => `cast(null as ${typeName(column.type)}) as ${name}`)
    .join(', ')} where false`

/** Column names of a file, or why it cannot be read. */
type Found = { readonly names: readonly string[] } | { readonly problem: string }

/** The results of looking at the files of each engine, for all its connections. Only new objects are looked at. */
const known = new WeakMap<object, Map<string, Found>>()

const idOf = ({ key, version }: ObjectFile) => `${key} ${version}`

const seenBy = ({ data }: Engine): Map<string, Found> => {
  const seen = known.get(data) ?? new Map<string, Found>()
  known.set(data, seen)
  return seen
}

/** Looks at new objects in one statement. If one of them is damaged, none is noted, and `lookAt` finds which one. */
export const lookAhead = async (engine: Engine, files: readonly ObjectFile[]): Promise<void> => {
  const seen = seenBy(engine)
  const unseen = files.filter((file) => !seen.has(idOf(file)))
  if (unseen.length === 0) return
  const found = await columnsIn(engine, unseen).catch(() => undefined)
  for (const file of unseen) {
    const names = found?.get(file.path)
    if (names) seen.set(idOf(file), { names })
  }
}

const lookAt = async (engine: Engine, files: readonly ObjectFile[]): Promise<Found[]> => {
  await lookAhead(engine, files)
  const seen = seenBy(engine)
  for (const file of files) if (!seen.has(idOf(file))) seen.set(idOf(file), await lookAtOne(engine, file))
  return files.map((file) => seen.get(idOf(file))!)
}

const lookAtOne = async (engine: Engine, file: ObjectFile): Promise<Found> => {
  try {
    return { names: (await columnsIn(engine, [file])).get(file.path) ?? [] }
  } catch (error) {
    return { problem: messageOf(error).split('\n')[0]! }
  }
}

/** Files whose footers one statement reads at least. */
const leastFiles = 100

/** The footers of the files name their columns. Most files of a relation have the same ones, so that a list of names comes once. */
const columnsIn = async (engine: Engine, files: readonly ObjectFile[]): Promise<Map<string, string[]>> => {
  const [only, another] = files
  if (only && !another) {
    const rows = await engine.rows<{ name: string }>(`select name from parquet_schema(${fileToRead(only.path)})`)
    return new Map([[only.path, rows.map(({ name }) => name)]])
  }
  const length = Math.max(leastFiles, Math.ceil(files.length / engine.cores))
  const parts = Array.from({ length: Math.ceil(files.length / length) }, (_, i) =>
    files.slice(i * length, (i + 1) * length),
  )
  const found = await engine.rowsOfAll(
    parts.map(
      (part) => `select list(path) as paths, names from (
         select file_name as path, list(name) as names
         from parquet_schema([${part.map(({ path }) => fileToRead(path)).join(', ')}])
         group by file_name
       ) as footers group by names`,
    ),
  )
  const rows = found.flat() as unknown as readonly { paths: string[]; names: string[] }[]
  return new Map(rows.flatMap(({ paths, names }) => paths.map((path) => [path, names] as const)))
}

export const damagedMessage = (key: string, problem: string) =>
  `${key} is damaged: ${problem}. Run \`precursor rebuild\`, which replaces it`

/** Why the file cannot be read as Parquet, if it cannot. */
export const problemIn = async (engine: Engine, file: ObjectFile): Promise<string | undefined> => {
  const [found] = await lookAt(engine, [file])
  return found && 'problem' in found ? found.problem : undefined
}

/** The engine makes columns of the folders `name=value` in a path. Then it reads no file whose year or session a query excludes. */
const byYear = 'hive_partitioning = true, hive_types = {year: bigint}'
const bySession = 'hive_partitioning = true, hive_types = {session: date}'
/** Whether the folder of the year or session is the only one that the engine would make a column of. */
const isOnlyByYear = ({ path }: ObjectFile) => /^[^=]*\/year=\d{4}\/[^=]*$/.test(path)
const isOnlyBySession = ({ path }: ObjectFile) => /^[^=]*\/session=[\d-]{10}\/[^=]*$/.test(path)
/** With another name for the column than `filename`, DuckDB 1.5 fails with an internal error. */
const byName = 'hive_partitioning = false, filename = true'
const yearInName = `cast(regexp_extract(filename, '.*/year=([0-9]{4})/', 1) as bigint) as year`

export interface OverOptions {
  readonly withYear?: boolean
  readonly where?: string
  /** How the query names the files. Default: by their paths. */
  readonly listOf?: FileList | undefined
}

/**
 * A query for the rows of the files. A column that a file lacks is NULL there. With a file that cannot be read, the query
 * fails and names it. `withYear` adds the year in the path of each file as a column.
 */
export const overFiles = async (
  engine: Engine,
  columns: Columns,
  files: readonly ObjectFile[],
  { withYear = false, where = '', listOf }: OverOptions = {},
): Promise<string> => {
  const year = withYear ? ['year'] : []
  const found = await lookAt(engine, files)
  for (const [i, each] of found.entries()) {
    if (!('problem' in each)) continue
    const types = Object.entries(columns).map(([name, { type }]) => `cast(null as ${sqlTypeName(type)}) as ${name}`)
    const named = [...types, ...year.map((name) => `cast(null as bigint) as ${name}`)].join(', ')
    return `select ${named} from range(1) where error(${quoted(damagedMessage(files[i]!.key, each.problem))}) is null`
  }
  const isByYear = files.every(isOnlyByYear)
  const partitioning = withYear ? (isByYear ? byYear : byName) : files.every(isOnlyBySession) ? bySession : undefined
  const groups = new Map<string, string[]>()
  for (const [i, each] of found.entries()) {
    const present = new Set('names' in each ? each.names : [])
    const selected = Object.entries(columns).map(([name, { type }]) =>
      present.has(name) ? name : `cast(null as ${sqlTypeName(type)}) as ${name}`,
    )
    const select = [...selected, ...year.map((name) => (isByYear ? name : yearInName))].join(', ')
    groups.set(select, [...(groups.get(select) ?? []), files[i]!.path])
  }
  return [...groups]
    .map(([select, paths]) => `select ${select} from ${parquetFiles(paths, partitioning, listOf)}${where}`)
    .join(' union all ')
}
