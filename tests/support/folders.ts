/** Folders of tests: new ones, which are removed at the end of their file, and copies of lakes. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

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

/** Removes the folders that the tests of a file have made. Each file calls it at its end (`remove-folders.ts`). */
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/**
 * Copies what is in a folder into another one, with the times of the files. A lake knows from them, to the nanosecond, that
 * its stored results are up to date. `cpSync` of Node rounds them, and every result of such a copy would be computed again.
 */
export const copyFolder = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, to])
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

/** Times of copies are rounded down to milliseconds. */
const isSame = (a: Stats | undefined, b: Stats): boolean =>
  a !== undefined && a.size === b.size && Math.floor(a.mtimeMs) === Math.floor(b.mtimeMs)

/** Makes a folder hold what another one holds, and nothing else but scratch files; what is the same stays. */
export const restore = (folder: string, from: string): void => {
  const wanted = filesIn(from).filter((file) => !file.startsWith('.tmp'))
  const isWanted = new Set(wanted)
  for (const file of filesIn(folder))
    if (!isWanted.has(file) && !file.startsWith('.tmp')) rmSync(join(folder, file), { force: true })
  for (const file of wanted) {
    const [source, target] = [join(from, file), join(folder, file)]
    const right = statSync(source)
    if (isSame(statSync(target, { throwIfNoEntry: false }), right)) continue
    rmSync(target, { force: true })
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(source, target)
    utimesSync(target, right.atimeMs / 1000, Math.floor(right.mtimeMs) / 1000)
  }
}
