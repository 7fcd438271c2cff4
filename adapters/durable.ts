/** File operations whose result is on disk when they return. */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Whether an error says that a file or folder is missing. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'

/** The result, or undefined if a file or folder is missing. */
export const unlessMissing = async <T>(promise: Promise<T>): Promise<T | undefined> => {
  try {
    return await promise
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Says that a folder stands at the path, if that is why the work on a file failed. */
export const unlessFolder = async <T>(path: string, work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory()
    throw isFolder && error instanceof Error ? Object.assign(error, { code: 'EISDIR', path, dest: path }) : error
  }
}

/** Creates a file with these bytes. */
export const writeDurably = async (path: string, body: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(body)
    await file.sync()
  } catch (error) {
    // An error of a file that is open does not name it.
    throw error instanceof Error ? Object.assign(error, { path }) : error
  } finally {
    await file.close()
  }
}

/** Makes the names in a folder durable. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/**
 * Creates a folder with the folders above it, one after another. `mkdir` with `recursive` hides errors of the disk: it
 * may even report success without the folder. It never returns on some paths of /proc.
 */
export const makeFolder = async (path: string): Promise<void> => {
  const isNew = await makeOne(path).catch(async (error) => {
    if (codeOf(error) !== 'ENOENT') throw error
    await makeFolder(dirname(path))
    return makeOne(path)
  })
  if (isNew) await syncFolder(dirname(path))
}

/** False if the folder is there already. */
const makeOne = async (path: string): Promise<boolean> => {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Moves a file over another one. False if the file is missing, because somebody else has moved it already. */
export const move = async (from: string, to: string): Promise<boolean> =>
  (await unlessMissing(rename(from, to).then(() => true))) ?? false

export const sha256Of = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

export const sha256OfFile = async (path: string): Promise<string | undefined> => {
  const body = await unlessMissing(readFile(path))
  return body && sha256Of(body)
}
