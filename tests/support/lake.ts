/** A lake in a new folder, with a clock that the test sets and no network. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LocalOptions, localPlatform } from '../../adapters/local.ts'
import { parseUniverse } from '../../core/universe.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import { writeCalendar } from '../../pipeline/silver/calendar-tables.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { filledOnce } from './filled-once.ts'
import { copyFolder, newFolder } from './folders.ts'

export { copyFolder, newFolder, newFolderInMemory, restore } from './folders.ts'

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

/** The same after `tag`, which then reads only kinds whose inputs have changed, as in an evening. */
const tagged = () =>
  filledOnce('tagged', async (folder) => {
    const { lake } = await openTestLake({ copyTo: folder })
    const failed = (await tag(lake)).find(({ error }) => error)
    if (failed) throw new Error(`${failed.subject}: ${failed.error}`)
    await lake.close()
  })

export interface TestLake {
  readonly lake: Lake
  readonly folder: string
  readonly clock: Clock
}

/** Two files of tests run at once on two cores. With one thread each they need a fifth less time of the processor than with two. */
export const oneThread = { threads: 1 } as const

export interface TestLakeOptions {
  /** The lake that is there. Default: a copy in a new folder. */
  readonly folder?: string
  /** The folder of the copy. Default: a new one. */
  readonly copyTo?: string
  /** The lake that is copied. Default: one with nothing but the calendar. */
  readonly copyOf?: string
  /** Copies a lake with the calendar whose catalysts are tagged. */
  readonly isTagged?: boolean
  readonly at?: string
  readonly platform?: Partial<LocalOptions>
}

export const openTestLake = async (options: TestLakeOptions = {}): Promise<TestLake> => {
  const folder = options.folder ?? options.copyTo ?? newFolder()
  if (!options.folder) copyFolder(options.copyOf ?? (await (options.isTagged ? tagged() : calendarOnly())), folder)
  const clock = new Clock(options.at ?? '2026-11-23T15:00:00Z')
  const platform = localPlatform({ lake: folder, now: clock.now, fetch: offline, environment: {}, ...options.platform })
  return { lake: await openLake(platform, sampleUniverse, oneThread), folder, clock }
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
