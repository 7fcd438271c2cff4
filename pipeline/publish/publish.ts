/** Publish: the data dictionary, one Parquet object per mart, and a DuckDB file with all views for any client. */

import { createHash } from 'node:crypto'
import { openEngine, quoted } from '../../core/engine.ts'
import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { allRelations } from '../../schemas/relations.ts'
import { views } from '../../schemas/views/index.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { catalogStatements } from '../silver/attach.ts'
import { writeDictionary } from '../silver/dictionary-table.ts'
import { publishMart } from '../silver/mart.ts'
import { readState, writeState } from '../silver/staleness.ts'

const databaseName = 'lake.duckdb'
const marts = views.filter((view) => view.mart)

/** Where a distributed engine answers the queries, the embedded one reads nothing and is not refreshed. */
export const publish = (lake: Lake): Promise<Outcome[]> =>
  lake.platform.distributed ? publishAll(lake) : reading(publishAll)(lake)

const publishAll = async (lake: Lake): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [await outcomeOf('dictionary', () => writeDictionary(lake))]
  for (const view of marts) {
    lake.platform.progress.step(`publishing ${view.name}`)
    outcomes.push(await outcomeOf(view.name, () => publishMart(lake, view)))
  }
  if (lake.platform.name === 'local') outcomes.push(await outcomeOf(databaseName, () => publishDatabase(lake)))
  return outcomes
}

/** The database that was published last: hashes of its bytes and of the statements that made it. */
interface Published {
  readonly sha256: string
  readonly statements: readonly string[]
}

/**
 * The views read the folder's Parquet by its path, so a lake that was moved must be published again. Only statements that
 * have changed since the last publication are run, because all of them take a second.
 */
const publishDatabase = async (lake: Lake): Promise<number> => {
  const { platform } = lake
  const notice = await sampleNoticeOf(platform.store)
  const statements = [...(await catalogStatements(lake.engine, platform.store, allRelations))]
  if (notice) statements.push(`create or replace view sample_notice as select ${quoted(notice)} as notice`)
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
    for (const statement of changed) await engine.run(statement)
    await engine.run('checkpoint')
  } finally {
    engine.close()
  }
  const sha256 = sha256Of(await platform.readFile(file))
  await platform.publishFile(file, databaseName)
  await writeState(platform.store, databaseName, async () => ({ sha256, statements: hashes }))
  return statements.length
}

const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
