/** What both platforms share of the machine they run on: its files, and nobody watching. */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { Logger, Platform, Progress } from '../core/platform.ts'

export const silent: Logger = { info: () => {}, warn: () => {} }
export const still: Progress = { step: () => {}, end: () => {} }

/** Temporary files in a folder of their own, made when the first is asked for. */
export const filesIn = (folder: string): Pick<Platform, 'scratch' | 'readFile' | 'writeScratch'> => ({
  scratch: async (name) => {
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
