/**
 * Compare-and-swap for the files of a folder, without a lock. Each write of a file is a numbered generation. A writer
 * 1. stores the new bytes in a pending file with a name of its own,
 * 2. claims the number after the one that it has read, by a hard link, which fails if the number is taken,
 * 3. moves the pending file over the target.
 * A claim names its pending file, and a pending file can be moved only once. A writer that finds a claim whose pending
 * file is still there moves it before it goes on. So a writer that was paused or killed after step 2 has written, and one
 * that was paused before step 2 loses. A write that fails after step 2 is completed by the next one. A claim also records size and SHA-256 of the bytes before they become visible.
 */
import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { codeOf, makeFolder, move, sha256Of, syncFolder, unlessMissing, writeDurably } from './durable.ts'

/** Older generations that stay, so that a listing of the folder cannot miss the latest one. */
const keptGenerations = 8
const abandonedAfterMs = 24 * 60 * 60 * 1000

const claim = z.object({ size: z.number(), sha256: z.string(), pending: z.string() })

export interface Generation {
  /** 0 for a file that was written without a claim, or never. */
  readonly number: number
  /** The record of the claim. Undefined if it cannot be read. */
  readonly claim: z.infer<typeof claim> | undefined
  /** Whether the pending file has not been moved over the target yet. */
  readonly isPending: boolean
}

const claimName = (number: number) => `${number}.json`

const numbersIn = (names: readonly string[]): number[] =>
  names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number)

export const isClaim = (name: string): boolean => numbersIn([name]).length > 0

/** The generation of that number. */
const generationOf = async (folder: string, number: number): Promise<Generation> => {
  const text = await unlessMissing(readFile(join(folder, claimName(number)), 'utf8'))
  let found: unknown
  try {
    found = text && JSON.parse(text)
  } catch {
    // A damaged claim still occupies its number.
  }
  const { data } = claim.safeParse(found)
  const isPending = data ? Boolean(await unlessMissing(stat(join(folder, data.pending)))) : false
  return { number, claim: data, isPending }
}

/** The latest generation of the file whose claims are in `folder`. */
export const latest = async (folder: string): Promise<Generation> => {
  const names = (await unlessMissing(readdir(folder))) ?? []
  return generationOf(folder, Math.max(0, ...numbersIn(names)))
}

/** The generation whose bytes the target has, as far as nobody writes. */
export const published = async (folder: string): Promise<Generation> => {
  const found = await latest(folder)
  return found.isPending ? generationOf(folder, found.number - 1) : found
}

/** Completes the latest write if its writer has not. Returns the latest generation, which is then published. */
export const settle = async (folder: string, target: string): Promise<Generation> => {
  const found = await latest(folder)
  if (!found.isPending) return found
  await publish(join(folder, found.claim!.pending), target)
  return { ...found, isPending: false }
}

const publish = async (pending: string, target: string) => {
  await makeFolder(dirname(target))
  await move(pending, target)
  await syncFolder(dirname(target))
}

/**
 * Writes the next generation of `target`. `isExpected` gets the present generation and says whether it is the one to be
 * replaced. Returns whether this writer has written.
 */
export const writeNext = async (
  folder: string,
  target: string,
  body: Uint8Array,
  isExpected: (present: Generation) => Promise<boolean>,
): Promise<boolean> => {
  await makeFolder(folder)
  const name = randomUUID()
  const pending = join(folder, name)
  const aside = `${pending}.claim`
  const startedAt = Date.now()
  // Once a claim may name the pending file, only the one who moves it may take it away.
  let mayBeClaimed = false
  try {
    const present = await settle(folder, target)
    if (!(await isExpected(present))) return false
    await writeDurably(pending, body)
    await writeDurably(aside, claimText({ size: body.length, sha256: sha256Of(body), pending: name }))
    const number = present.number + 1
    mayBeClaimed = true
    mayBeClaimed = await linkUnlessTaken(aside, join(folder, claimName(number)))
    if (!mayBeClaimed) return false
    await syncFolder(folder)
    // The number may be free only because later generations have made it obsolete and it was removed.
    if ((await latest(folder)).number > number) {
      if (await withdraw(pending)) {
        await rm(join(folder, claimName(number)), { force: true })
        return false
      }
      // The pending file was moved by a writer that completed this write, unless it was removed as abandoned.
      if (Date.now() - startedAt > abandonedAfterMs / 2)
        throw new Error(`${target}: this write was interrupted for hours; run the command again`)
    }
    await publish(pending, target)
    await prune(folder, number)
    return true
  } finally {
    for (const path of mayBeClaimed ? [aside] : [aside, pending]) await removeOrLeave(path)
  }
}

const claimText = (content: z.infer<typeof claim>) => Buffer.from(`${JSON.stringify(content)}\n`)

/** Gives the file a second name. False if another file has that name. */
const linkUnlessTaken = async (path: string, name: string): Promise<boolean> => {
  try {
    await link(path, name)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes a file. If that fails, a later write removes it with the other abandoned files. */
const removeOrLeave = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined)

/** False if another writer has already moved the pending file over the target. */
const withdraw = async (pending: string): Promise<boolean> => {
  const aside = `${pending}.withdrawn`
  const isWithdrawn = await move(pending, aside)
  await rm(aside, { force: true })
  return isWithdrawn
}

/** Removes old claims, and files that killed writers left a day ago. */
const prune = async (folder: string, number: number) => {
  const names = await readdir(folder)
  for (const old of numbersIn(names).filter((each) => each <= number - keptGenerations))
    await rm(join(folder, claimName(old)), { force: true })
  const { claim: standing } = await latest(folder)
  for (const name of names.filter((each) => !isClaim(each) && each !== standing?.pending)) {
    const found = await unlessMissing(stat(join(folder, name)))
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(join(folder, name), { force: true })
  }
}
