/** The DuckDB file of a lake: all tables and views with their meanings, for any client and at any place. */

import { createHash } from 'node:crypto'
import { type FileList, openEngine, quoted } from '../../core/engine.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { described } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Relation } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import { catalogDefinitions, viewStatement } from '../silver/attach.ts'
import { definitionsOf } from '../silver/definitions.ts'
import { trinoMacros } from '../silver/dialect.ts'
import { readState, writeState } from '../silver/staleness.ts'

export const databaseName = 'lake.duckdb'

/** The database that was published last: hashes of its bytes and of the statements that made it. */
interface Published {
  readonly sha256: string
  readonly statements: readonly string[]
}

const variable = 'lake_folder'
/** The engine names its temporary folder after the file that was opened, unless a client sets another one. */
const temporary = "current_setting('temp_directory')"
const ofFile = `'(^|[/\\\\])${databaseName.replace('.', '\\.')}\\.tmp$'`

/**
 * A macro that finds the folder of the lake: the variable `lake_folder` if a client sets it, else the folder of the file that was
 * opened, else the folder in which it was published. A client that attaches the file, or that opens it under another name,
 * gets the last one. A second macro makes the paths of files from it, in which no character of the folder is a wildcard.
 */
const placeMacros = (location: string): string[] => [
  `create or replace macro lake_folder() as coalesce(
    rtrim(cast(getvariable('${variable}') as varchar), '/') || '/',
    case when regexp_matches(${temporary}, ${ofFile}) then regexp_replace(${temporary}, ${ofFile}, '\\1') end,
    ${quoted(`${location}/`)})`,
  `create or replace macro lake_files(keys_) as
    list_transform(keys_, lambda key_: regexp_replace(lake_folder(), '[\\[*?]', '[\\0]', 'g') || key_)`,
]

/** Files of the lake, wherever it is. One call makes all paths, because each call takes time whenever a view is read. */
const filesOf =
  (location: string): FileList =>
  (paths) =>
    `lake_files([${paths.map((path) => quoted(path.slice(location.length + 1))).join(', ')}])`

/** What the declarations say of a view and its columns. */
const comments = ({ name, doc, columns }: Relation): string[] => [
  `comment on view ${name} is ${quoted(doc)}`,
  ...Object.entries(columns).map(
    ([column, declared]) => `comment on column ${name}.${column} is ${quoted(described(declared))}`,
  ),
]

const commented = ([relation, statement]: readonly [Relation, string]) => [statement, ...comments(relation)].join(';\n')

/** The statements in the order in which they run. */
const inRunOrder = (changed: readonly string[], definitions: ReadonlyMap<Relation, string>): string[] => {
  const isChanged = new Set(changed)
  const views = [...definitions].flatMap(([relation, statement]) => {
    const isEvaluated = relation.kind === 'view' && statement === viewStatement(relation)
    const text = commented([relation, statement])
    return isEvaluated && isChanged.has(text) ? [[relation, text] as const] : []
  })
  const ofViews = new Set(views.map(([, text]) => text))
  return [...changed.filter((each) => !ofViews.has(each)), ...definitionsOf(views)]
}

/** Only statements that have changed since the last publication are run, because all of them take some seconds. */
export const publishDatabase = async (lake: Lake): Promise<number> => {
  const { platform } = lake
  const { location } = platform.store
  const notice = await sampleNoticeOf(platform.store)
  const definitions = await catalogDefinitions(lake.engine, platform.store, allRelations, {
    listOf: filesOf(location),
  })
  const statements = [
    ...placeMacros(location),
    ...trinoMacros,
    ...[...definitions].map(commented),
    ...(notice ? [`create or replace view sample_notice as select ${quoted(notice)} as notice`] : []),
  ]
  const last = await readState<Published>(platform.store, databaseName)
  const before = await platform.store.get(databaseName)
  const isKept =
    before !== undefined && sha256Of(before) === last.sha256 && last.statements?.length === statements.length
  const hashes = statements.map(sha256Of)
  const changed = isKept ? statements.filter((_, i) => hashes[i] !== last.statements![i]) : statements
  if (changed.length === 0) return statements.length
  const file = await platform.scratch(databaseName)
  if (isKept) await platform.writeScratch(file, before)
  const engine = await openEngine({ file })
  try {
    // In one transaction, because each of a thousand comments would be one otherwise.
    await engine.run('begin transaction')
    for (const statement of inRunOrder(changed, definitions)) await engine.run(statement)
    await engine.run('commit')
    await engine.run('checkpoint')
  } finally {
    await engine.close()
  }
  const sha256 = sha256Of(await platform.readFile(file))
  await platform.publishFile(file, databaseName)
  await writeState(platform.store, databaseName, async () => ({ sha256, statements: hashes }))
  return statements.length
}

const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
