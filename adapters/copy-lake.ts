/** Copies of a lake in a folder. Temporary files of running commands are left out. An interrupted copy is marked, and can go on. */
import type { BigIntStats } from 'node:fs'
import { copyFile, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { UsageError } from '../core/errors.ts'
import type { Progress } from '../core/platform.ts'
import { makeFolder, unlessMissing } from './durable.ts'
import { changedAt, setChangedAt } from './file-times.ts'
import { markUnfinished, type Unfinished, unfinishedIn, unfinishedMark } from './unfinished-copy.ts'

/** Files that are looked at or copied at the same time: a lake has many small ones. */
const atOnce = 16
/** A file may change while others are copied. It is then copied again, so many times at most. */
const mostPasses = 8
/** Times of files are kept with less precision on some file systems. */
const sameTimeMicroseconds = 2000

/** Does work for all items, some of them at the same time. */
const forEach = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** The files below a folder by their paths in it, with size and time. */
const filesOf = async (root: string): Promise<Map<string, BigIntStats>> => {
  const paths: string[] = []
  const look = async (folder: string): Promise<void> => {
    for (const entry of (await unlessMissing(readdir(join(root, folder), { withFileTypes: true }))) ?? []) {
      const path = join(folder, entry.name)
      if (path === '.tmp' || path === unfinishedMark) continue
      const isFolder = entry.isSymbolicLink()
        ? (await unlessMissing(stat(join(root, path))))?.isDirectory()
        : entry.isDirectory()
      if (isFolder) await look(path)
      else paths.push(path)
    }
  }
  await look('')
  const found = new Map<string, BigIntStats>()
  await forEach(paths, async (path) => {
    const stats = await unlessMissing(stat(join(root, path), { bigint: true }))
    if (stats?.isFile()) found.set(path, stats)
  })
  return found
}

const isSame = (one: BigIntStats | undefined, other: BigIntStats): boolean =>
  one !== undefined &&
  one.size === other.size &&
  Math.abs(Number(changedAt(one) - changedAt(other))) < sameTimeMicroseconds

/** Refuses a folder that may not be copied to: one with other data, or with the unfinished copy of another lake. */
const requireTarget = async (target: string, { command, from }: Unfinished): Promise<void> => {
  if (target === from || target.startsWith(`${from}${sep}`) || from.startsWith(`${target}${sep}`))
    throw new UsageError(`${target} and ${from} lie in one another: choose a folder beside the lake`)
  const begun = await unfinishedIn(target)
  if (begun === undefined) {
    if (((await unlessMissing(readdir(target))) ?? []).length > 0)
      throw new UsageError(`${target} is not empty: choose another folder`)
  } else if ((begun.from ?? from) !== from || (begun.command ?? command) !== command)
    throw new UsageError(
      `${target} is an unfinished ${begun.command} of ${begun.from}: choose another folder, or remove this one`,
    )
}

/**
 * Copies the folder of a lake into another one, which is empty or missing, or holds an unfinished copy of the same lake. Files that
 * such a copy has already are not copied again. The copy is marked as unfinished until `markFinished`. False if the lake still changed
 * in the last pass.
 */
export const copyLake = async (
  command: Unfinished['command'],
  from: string,
  to: string,
  progress: Progress,
): Promise<boolean> => {
  const [source, target] = [resolve(from), resolve(to)]
  const unfinished = { command, from: source }
  await requireTarget(target, unfinished)
  await makeFolder(target)
  await markUnfinished(target, unfinished)
  const present = await filesOf(target)
  for (let pass = 0; pass < mostPasses; pass++) {
    const wanted = await filesOf(source)
    const changed = [...wanted].filter(([path, stats]) => !isSame(present.get(path), stats))
    const gone = [...present.keys()].filter((path) => !wanted.has(path))
    if (changed.length + gone.length === 0) return true
    for (const folder of new Set(changed.map(([path]) => dirname(join(target, path))))) await makeFolder(folder)
    let done = wanted.size - changed.length
    await forEach(changed, async ([path, stats]) => {
      progress.step('copying', done++, wanted.size)
      const copied = await unlessMissing(copyFile(join(source, path), join(target, path)).then(() => true))
      // A file that was replaced or removed meanwhile is found by the next pass.
      if (!copied) return
      // The versions of objects have these times, and stored results are up to date only for those.
      await setChangedAt(join(target, path), changedAt(stats))
      present.set(path, stats)
    })
    for (const path of gone) {
      await rm(join(target, path), { force: true })
      present.delete(path)
    }
  }
  return false
}
