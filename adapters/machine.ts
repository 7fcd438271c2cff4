/** The parts of a platform that the local and the AWS one share: files of this machine, a logger and a progress bar that do nothing. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { Logger, Platform, Progress } from '../core/platform.ts'
import { meaningOf } from '../core/system-errors.ts'

export const silent: Logger = { info: () => {}, warn: () => {} }
export const still: Progress = { step: () => {}, end: () => {} }

const refuseLarge = (path: string, size: number, limit: number) => {
  if (size > limit)
    throw new UsageError(`${basename(path)} has ${size} bytes, more than the limit of ${limit}: split it`)
}

/** Temporary files in a folder of their own, made when the first is asked for. */
export const filesIn = (folderOf: () => Promise<string>): Pick<Platform, 'scratch' | 'readFile' | 'writeScratch'> => ({
  scratch: async (name) => {
    const folder = await folderOf()
    await mkdir(folder, { recursive: true })
    return join(folder, `${randomUUID()}-${name}`)
  },
  readFile: async (path, limit = Number.POSITIVE_INFINITY) => {
    const unreadable = (error: NodeJS.ErrnoException) => {
      throw new UsageError(`cannot read ${path}: ${meaningOf(error.code)}`)
    }
    const { size } = await stat(path).catch(unreadable)
    refuseLarge(path, size, limit)
    const bytes = await readFile(path).catch(unreadable)
    // A pipe has no size.
    refuseLarge(path, bytes.length, limit)
    return bytes
  },
  writeScratch: (path, body) => writeFile(path, body),
})
