/** Publish: the data dictionary, one Parquet object per mart, and a DuckDB file with all views for any client. */

import { openEngine, quoted } from '../../core/engine.ts'
import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { tables } from '../../schemas/tables/index.ts'
import { views } from '../../schemas/views/index.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { catalogStatements } from '../silver/attach.ts'
import { writeDictionary } from '../silver/dictionary-table.ts'
import { publishMart } from '../silver/mart.ts'

const databaseName = 'lake.duckdb'

/** Where a distributed engine answers the queries, the embedded one reads nothing and is not refreshed. */
export const publish = (lake: Lake): Promise<Outcome[]> =>
  lake.platform.distributed ? publishAll(lake) : reading(publishAll)(lake)

const publishAll = async (lake: Lake): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [await outcomeOf('dictionary', () => writeDictionary(lake))]
  for (const view of views.filter((each) => each.mart)) {
    lake.platform.progress.step(`publishing ${view.name}`)
    outcomes.push(await outcomeOf(view.name, () => publishMart(lake, view)))
  }
  if (lake.platform.name === 'local') outcomes.push(await outcomeOf(databaseName, () => publishDatabase(lake)))
  return outcomes
}

/** The views read the folder's Parquet by its path, so a lake that was moved must be published again. */
const publishDatabase = async (lake: Lake): Promise<number> => {
  const file = await lake.platform.scratch(databaseName)
  const notice = await sampleNoticeOf(lake.platform.store)
  const statements = [...(await catalogStatements(lake.engine, lake.platform.store, [...tables, ...views]))]
  if (notice) statements.push(`create view sample_notice as select ${quoted(notice)} as notice`)
  const engine = await openEngine({ file })
  try {
    for (const statement of statements) await engine.run(statement)
    await engine.run('checkpoint')
  } finally {
    engine.close()
  }
  await lake.platform.publishFile(file, databaseName)
  return statements.length
}
