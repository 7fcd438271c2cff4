/** A lake in a new folder, with a clock that the test sets and no network. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll } from 'vitest'
import { type LocalOptions, localPlatform } from '../../adapters/local.ts'
import { parseUniverse } from '../../core/universe.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { writeCalendar } from '../../pipeline/silver/calendar-tables.ts'
import { filledOnce } from './filled-once.ts'

const folders: string[] = []

export const newFolder = (parent = tmpdir()): string => {
  const folder = mkdtempSync(join(parent, 'precursor-test-'))
  folders.push(folder)
  return folder
}

/** Where Linux keeps files in memory. Writes need not wait for a disk there, which counts in tests with thousands of them. */
const inMemory = '/dev/shm'

/** A folder in memory, or an ordinary one where the machine has no such place. Small lakes only: it may be limited to 64 MB. */
export const newFolderInMemory = (): string => newFolder(existsSync(inMemory) ? inMemory : tmpdir())

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export const sampleUniverse = parseUniverse(
  readFileSync(new URL('../../samples/universe.json', import.meta.url), 'utf8'),
  'samples/universe.json',
)

const offline: NonNullable<LocalOptions['fetch']> = async ({ url }) => {
  throw new Error(`a test asked the network for ${url}`)
}

/** A clock set by hand. */
export class Clock {
  constructor(private at: Date | string) {}
  readonly now = () => new Date(this.at)
  set(at: string) {
    this.at = at
  }
}

/** A lake with nothing but the calendar, made once in a test run and copied. */
const calendarOnly = () =>
  filledOnce('calendar', async (folder) => {
    const platform = localPlatform({ lake: folder, fetch: offline, environment: {} })
    const lake = await openLake(platform, sampleUniverse)
    await writeCalendar(lake)
    await lake.close()
  })

export interface TestLake {
  readonly lake: Lake
  readonly folder: string
  readonly clock: Clock
}

export const openTestLake = async (
  options: { folder?: string; at?: string; platform?: Partial<LocalOptions> } = {},
): Promise<TestLake> => {
  const folder = options.folder ?? newFolder()
  if (!options.folder) cpSync(await calendarOnly(), folder, { recursive: true })
  const clock = new Clock(options.at ?? '2026-11-23T15:00:00Z')
  const platform = localPlatform({ lake: folder, now: clock.now, fetch: offline, environment: {}, ...options.platform })
  return { lake: await openLake(platform, sampleUniverse), folder, clock }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

/** Makes a folder hold what another one holds, and nothing else but scratch files; what is the same stays. */
export const restore = (folder: string, from: string): void => {
  const stamp = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs
  const wanted = filesIn(from).filter((file) => !file.startsWith('.tmp'))
  const isWanted = new Set(wanted)
  for (const file of filesIn(folder))
    if (!isWanted.has(file) && !file.startsWith('.tmp')) rmSync(join(folder, file), { force: true })
  for (const file of wanted)
    if (stamp(join(folder, file)) !== stamp(join(from, file)))
      cpSync(join(from, file), join(folder, file), { preserveTimestamps: true })
}

/** Writes a text to a file and gives its path. */
export const writeInput = (name: string, content: string | Uint8Array): string => {
  const path = join(newFolder(), name)
  writeFileSync(path, content)
  return path
}

/** Hash of every file under a prefix of the lake, by key. */
export const hashes = (folder: string, prefix: string): Record<string, string> => {
  const found: Record<string, string> = {}
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inside = `${path}/${entry.name}`
      if (entry.isDirectory()) walk(inside)
      else
        found[inside] = createHash('sha256')
          .update(readFileSync(join(folder, inside)))
          .digest('hex')
    }
  }
  try {
    walk(prefix)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found
}

/** Silver that follows from bronze alone: all of it but the log of runs, the checks, the record of scores and the tries. */
export const derivedHashes = (folder: string) =>
  Object.fromEntries(
    Object.entries(hashes(folder, 'silver')).filter(
      ([key]) => !/^silver\/(runs|checks|score_record|evaluation_tries)\//.test(key),
    ),
  )
