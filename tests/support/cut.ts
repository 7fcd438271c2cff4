/** A lake cut at an instant: what nobody could know by then is gone, and what was computed from it too. */
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../../core/engine.ts'
import { sampleMark } from '../../core/sample-mark.ts'
import { tables } from '../../schemas/tables/index.ts'
import { views } from '../../schemas/views/index.ts'
import { copyFolder, newFolder, oneThread } from './lake.ts'

export const computed = tables.filter((table) => table.origin === 'compute')

const isMade = (name: string) =>
  [...computed, ...views.filter((view) => view.materialized)].some((relation) => relation.name === name)

/** Copies silver without what is computed from it, and keeps only what was known by the instant. */
export const cut = async (folder: string, instant: string): Promise<string> => {
  const target = newFolder()
  copyFolder(join(folder, 'silver'), join(target, 'silver'))
  const mark = join(folder, sampleMark)
  if (existsSync(mark)) cpSync(mark, join(target, sampleMark))
  const engine = await openEngine(oneThread)
  const cutAt = `timestamp '${instant.replace('Z', '')}'`
  for (const table of readdirSync(join(target, 'silver'))) {
    if (isMade(table)) {
      rmSync(join(target, 'silver', table), { recursive: true })
      continue
    }
    // An object whose rows were all known by then stays as it is.
    const later = await engine.rows<{ path: string }>(
      `select filename as path from read_parquet('${join(target, 'silver', table)}/*/data.parquet', hive_partitioning = false, union_by_name = true, filename = true)
       group by filename having count(*) filter (where known_at <= ${cutAt}) < count(*)`,
    )
    for (const { path } of later) {
      await engine.run(
        `copy (select * from read_parquet('${path}', hive_partitioning = false) where known_at <= ${cutAt}) to '${path}.cut' (format parquet)`,
      )
      renameSync(`${path}.cut`, path)
    }
  }
  engine.close()
  return target
}
