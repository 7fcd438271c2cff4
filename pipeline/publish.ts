/** Publish: the marts as one Parquet object each, and a DuckDB file with all views that any client opens. */
import { tables } from '../schemas/tables/index.ts'
import type { View } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { openEngine, quoted } from './engine.ts'
import { ConflictError } from './errors.ts'
import type { Outcome } from './ingest.ts'
import type { Lake } from './lake.ts'
import { outcomeOf } from './outcome.ts'
import { sampleNoticeOf } from './sample-mark.ts'
import { catalogStatements } from './silver/attach.ts'
import { parquetCopy, putIfChanged } from './silver/objects.ts'

export const martKey = (view: View) => `mart/${view.name}/data.parquet`
export const databaseName = 'lake.duckdb'

export const publish = async (lake: Lake): Promise<Outcome[]> => {
  await lake.refresh()
  const outcomes: Outcome[] = []
  for (const view of views.filter((each) => each.mart)) {
    lake.platform.progress.step(`publishing ${view.name}`)
    outcomes.push(await outcomeOf(view.name, () => publishMart(lake, view)))
  }
  if (lake.platform.name === 'local') outcomes.push(await outcomeOf(databaseName, () => publishDatabase(lake)))
  return outcomes
}

const publishMart = async (lake: Lake, view: View): Promise<number> => {
  const key = martKey(view)
  const file = await lake.platform.scratch(`${view.name}.parquet`)
  for (;;) {
    const before = await lake.platform.store.snapshot(key)
    await lake.engine.run(parquetCopy(`select * from ${view.name} order by ${view.grain.join(', ')}`, file))
    try {
      await putIfChanged(lake.platform, key, file, before)
      break
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
    }
  }
  const [count] = await lake.engine.rows<{ n: number }>(`select count(*) as n from read_parquet('${file}')`)
  return count?.n ?? 0
}

/** The views read the folder's Parquet by its path; a moved lake needs publishing again. */
const publishDatabase = async (lake: Lake): Promise<number> => {
  const file = await lake.platform.scratch(databaseName)
  const notice = await sampleNoticeOf(lake.platform.store)
  const statements = await catalogStatements(lake.platform.store, [...tables, ...views])
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
