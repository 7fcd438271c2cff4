/** The one place that finds the shared folder of recorded payloads and golden values. It is not part of the project. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

const folder = process.env.PRECURSOR_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))

export const hasShared = existsSync(join(folder, 'data'))
if (!hasShared && process.env.CI) throw new Error(`in CI the shared folder must be there; it is not at ${folder}`)

export const sharedPath = (...parts: string[]) => join(folder, ...parts)
export const sharedBytes = (...parts: string[]) => readFileSync(sharedPath(...parts))
export const sharedText = (...parts: string[]) => readFileSync(sharedPath(...parts), 'utf8')
export const sharedCsv = (...parts: string[]) =>
  parse(sharedText(...parts), { columns: true, skip_empty_lines: true }) as Record<string, string>[]
