/** Copies of a lake in a folder. Temporary files of running commands are left out. */
import { cp, readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { makeFolder, unlessMissing } from './durable.ts'

/** Copies the folder of a lake into another one, which must be empty or missing. */
export const copyLake = async (from: string, to: string): Promise<void> => {
  const [source, target] = [resolve(from), resolve(to)]
  if (target === source || target.startsWith(`${source}${sep}`) || source.startsWith(`${target}${sep}`))
    throw new UsageError(`${target} and ${source} lie in one another: choose a folder beside the lake`)
  if (((await unlessMissing(readdir(target))) ?? []).length > 0)
    throw new UsageError(`${target} is not empty: choose another folder`)
  await makeFolder(target)
  const isWanted = (path: string) => {
    const [first] = relative(source, path).split(sep)
    return first !== '.tmp'
  }
  for (const name of await readdir(source)) {
    if (!isWanted(join(source, name))) continue
    await cp(join(source, name), join(target, name), { recursive: true, preserveTimestamps: true })
  }
}
