/** The folder of a lake: made where a command writes, only looked at where one reads. */
import { access, constants, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { meaningOf } from '../core/system-errors.ts'
import { codeOf, makeFolder } from './durable.ts'
import { refuseUnfinished } from './unfinished-copy.ts'

const found = (path: string) => stat(path).catch(() => undefined)

/** The absolute path of a lake. DuckDB cannot write a database below a folder with a question mark. */
export const lakePath = (lake: string): string => {
  const path = resolve(lake)
  if (path.includes('?'))
    throw new UsageError(
      `a lake cannot be at ${path}: DuckDB reads "?" in a path as something else. Choose a path without it`,
    )
  return path
}

/** The folders at and above a path that are missing, the innermost first. */
const missingFolders = async (path: string): Promise<string[]> =>
  (await found(path)) || path === dirname(path) ? [] : [path, ...(await missingFolders(dirname(path)))]

/** Makes sure that the lake has a folder. Returns the folders that were made, the innermost first. */
export const makeLakeFolder = async (lake: string): Promise<readonly string[]> => {
  const path = lakePath(lake)
  const missing = await missingFolders(path)
  if (missing.length > 0) {
    await makeFolder(path).catch((error) => {
      throw new UsageError(`the lake folder ${path} cannot be made: ${meaningOf(codeOf(error))}`)
    })
  }
  if (!(await found(path))?.isDirectory()) throw new UsageError(`the lake ${path} is not a folder`)
  await refuseUnfinished(path)
  return missing
}

/** Removes the folders that were made for a lake, as far as they are empty: a command that failed leaves none behind. */
export const removeIfEmpty = async (made: readonly string[]): Promise<void> => {
  for (const folder of made.flatMap((each, i) => (i === 0 ? [join(each, '.tmp'), each] : [each])))
    await rmdir(folder).catch(() => undefined)
}

/** Makes sure that there is a lake to read. */
export const requireLakeFolder = async (lake: string): Promise<void> => {
  const path = lakePath(lake)
  if ((await found(path))?.isDirectory()) return refuseUnfinished(path)
  throw new UsageError(
    `there is no lake at ${path}: \`precursor start\` makes the sample, \`precursor run\` a live one, and --lake names another folder`,
  )
}

/** Makes sure that there is a backup to read. */
export const requireBackupFolder = async (folder: string): Promise<void> => {
  const path = lakePath(folder)
  await refuseUnfinished(path)
  const isThere = await Promise.all(['bronze', 'silver'].map((name) => found(join(path, name))))
  if (!isThere.some((each) => each?.isDirectory()))
    throw new UsageError(`there is no backup at ${path}: name the folder that holds the backup`)
}

export const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )

/** The nearest folder at or above a path that is there. */
export const nearestFolder = async (path: string): Promise<string> =>
  (await found(path)) || path === dirname(path) ? path : nearestFolder(dirname(path))
