/** Folders of tests: new ones, which are removed at the end of their file, and copies of lakes. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const folders: string[] = []

interface Original {
  readonly file: string
  readonly size: number
  /** In whole milliseconds, as its copies have it. */
  readonly changedAt: number
}

/** The files of each folder from which `restore` copies. */
const originals = new Map<string, readonly Original[]>()

export const newFolder = (parent = tmpdir()): string => {
  const folder = mkdtempSync(join(parent, 'precursor-test-'))
  folders.push(folder)
  return folder
}

/** Where Linux keeps files in memory. Writes need not wait for a disk there, which counts in tests with thousands of them. */
export const inMemory = '/dev/shm'

/** A folder in memory, or an ordinary one where the machine has no such place. Small lakes only: it may be limited to 64 MB. */
export const newFolderInMemory = (): string => newFolder(existsSync(inMemory) ? inMemory : tmpdir())

/** Removes the folders that the tests of a file have made. Each file calls it at its end (`remove-folders.ts`). */
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  originals.clear()
}

/**
 * Copies what is in a folder into another one, with the times of the files. A lake knows from them, to the microsecond, that
 * its stored results are up to date. `cpSync` of Node rounds them, and every result of such a copy would be computed again.
 */
export const copyFolder = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, to])
}

const filesIn = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name
    return entry.isDirectory() ? filesIn(folder, path) : [path]
  })

const isScratch = (file: string) => file.startsWith('.tmp')

/** The files of a folder from which `restore` copies. It lists them once, so that the folder must not change. */
const originalsIn = (folder: string): readonly Original[] => {
  const known = originals.get(folder)
  if (known) return known
  const found = filesIn(folder).filter((file) => !isScratch(file))
  const all = found.map((file) => {
    const { size, mtimeMs } = statSync(join(folder, file))
    return { file, size, changedAt: Math.floor(mtimeMs) }
  })
  originals.set(folder, all)
  return all
}

/** Makes a folder hold what another one holds, and nothing else but scratch files; what is the same stays. */
export const restore = (folder: string, from: string): void => {
  const wanted = originalsIn(from)
  const isWanted = new Set(wanted.map(({ file }) => file))
  for (const file of filesIn(folder))
    if (!isWanted.has(file) && !isScratch(file)) rmSync(join(folder, file), { force: true })
  for (const { file, size, changedAt } of wanted) {
    const target = join(folder, file)
    const present = statSync(target, { throwIfNoEntry: false })
    if (present?.size === size && Math.floor(present.mtimeMs) === changedAt) continue
    rmSync(target, { force: true })
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(from, file), target)
    // In the middle of the millisecond: seconds as a number may be rounded to the millisecond before.
    const time = (changedAt + 0.5) / 1000
    utimesSync(target, time, time)
  }
}
