/** Publish: the marts as one Parquet object each, and a DuckDB file with all views that any client opens. */
import { tables } from '../schemas/tables/index.ts'
import type { View } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { openEngine, quoted } from './engine.ts'
import { ConflictError, messageOf } from './errors.ts'
import type { Outcome } from './ingest.ts'
import type { Lake } from './lake.ts'
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
    outcomes.push(await publishing(view.name, () => publishMart(lake, view)))
  }
  if (lake.platform.name === 'local') outcomes.push(await publishing(databaseName, () => publishDatabase(lake)))
  return outcomes
}

const publishing = async (subject: string, work: () => Promise<number>): Promise<Outcome> => {
  try {
    return { subject, status: 'ok', rowCount: await work(), rejectedCount: 0, error: null }
  } catch (error) {
    return { subject, status: 'failed', rowCount: 0, rejectedCount: 0, error: messageOf(error) }
  }
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
  const statements = await catalogStatements(lake.platform.store, tables)
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
