/** The folder of a lake: made where a command writes, only looked at where one reads. */
import { access, constants, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { meaningOf } from '../core/system-errors.ts'
import { codeOf, makeFolder } from './durable.ts'

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

/** Makes sure that the lake has a folder. */
export const makeLakeFolder = async (lake: string): Promise<void> => {
  const path = lakePath(lake)
  if (!(await found(path))?.isDirectory()) {
    await makeFolder(path).catch((error) => {
      throw new UsageError(`the lake folder ${path} cannot be made: ${meaningOf(codeOf(error))}`)
    })
  }
  if (!(await found(path))?.isDirectory()) throw new UsageError(`the lake ${path} is not a folder`)
}

/** Makes sure that there is a lake to read. */
export const requireLakeFolder = async (lake: string): Promise<void> => {
  const path = lakePath(lake)
  if ((await found(path))?.isDirectory()) return
  throw new UsageError(
    `there is no lake at ${path}: \`precursor start\` makes the sample, \`precursor run\` a live one, and --lake names another folder`,
  )
}

export const isWritable = (path: string): Promise<boolean> =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )

/** The nearest folder at or above a path that is there. */
export const nearestFolder = async (path: string): Promise<string> =>
  (await found(path)) || path === dirname(path) ? path : nearestFolder(dirname(path))
