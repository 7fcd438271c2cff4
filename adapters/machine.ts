/** The parts of a platform that the local and the AWS one share: files of this machine, a logger and a progress bar that do nothing. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { Logger, Platform, Progress } from '../core/platform.ts'

export const silent: Logger = { info: () => {}, warn: () => {} }
export const still: Progress = { step: () => {}, end: () => {} }

/** Temporary files in a folder of their own, made when the first is asked for. */
export const filesIn = (folderOf: () => Promise<string>): Pick<Platform, 'scratch' | 'readFile' | 'writeScratch'> => ({
  scratch: async (name) => {
    const folder = await folderOf()
    await mkdir(folder, { recursive: true })
    return join(folder, `${randomUUID()}-${name}`)
  },
  readFile: async (path) => {
    try {
      return await readFile(path)
    } catch (error) {
      throw new UsageError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code}`)
    }
  },
  writeScratch: (path, body) => writeFile(path, body),
})
