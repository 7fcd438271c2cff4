/** Objects as files of one folder, with the promise that S3 gives: a conditional write happens whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import lockfile from 'proper-lockfile'
import { ConflictError } from '../core/errors.ts'
import type { Condition, ObjectStore, StoredObject } from '../core/platform.ts'

const temporary = '.tmp'
const locks = { realpath: false, stale: 5_000, retries: { retries: 100, minTimeout: 10, maxTimeout: 200 } }

export const localStore = (folder: string, scratch: (name: string) => Promise<string>): ObjectStore => {
  const root = resolve(folder)
  const pathOf = (key: string) => join(root, ...key.split('/'))

  const put = async (key: string, body: Uint8Array | { readonly file: string }, condition: Condition) => {
    const path = pathOf(key)
    await mkdir(dirname(path), { recursive: true })
    await mkdir(join(root, temporary), { recursive: true })
    const aside = join(root, temporary, randomUUID())
    await writeDurably(aside, body instanceof Uint8Array ? body : await readFile(body.file))
    try {
      if (condition === 'absent') await linkNew(aside, path, key)
      else await replace(aside, path, key, condition.etag)
      await syncFolder(dirname(path))
    } finally {
      await rm(aside, { force: true })
    }
  }

  return {
    location: root,
    put,
    list: async (prefix) =>
      (await walk(pathOf(prefix), root))
        .map(({ key, size }) => ({ key, size }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    versions: async (prefix) =>
      new Map((await walk(pathOf(prefix), root)).map(({ key, size, changedAt }) => [key, `${size}-${changedAt}`])),
    get: (key) => unlessMissing(readFile(pathOf(key))),
    snapshot: async (key) => {
      const path = await scratch(key.replaceAll('/', '-'))
      const linked = await unlessMissing(link(pathOf(key), path).then(() => true))
      return linked ? { path, etag: etagOf(await readFile(path)) } : undefined
    },
    readable: async (keys) => keys.map(pathOf),
  }
}

const etagOf = (body: Uint8Array) => createHash('sha256').update(body).digest('hex')

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

const unlessMissing = async <T>(promise: Promise<T>): Promise<T | undefined> => {
  try {
    return await promise
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const writeDurably = async (path: string, body: Uint8Array) => {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(body)
    await file.sync()
  } finally {
    await file.close()
  }
}

const syncFolder = async (path: string) => {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** A hard link appears at once and refuses to replace what is there. */
const linkNew = async (aside: string, path: string, key: string) => {
  try {
    await link(aside, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new ConflictError(key)
    throw error
  }
}

const replace = async (aside: string, path: string, key: string, etag: string) => {
  const release = await lockfile.lock(path, locks)
  try {
    const present = await unlessMissing(readFile(path))
    if (!present || etagOf(present) !== etag) throw new ConflictError(key)
    await rename(aside, path)
  } finally {
    await release()
  }
}

interface Found extends StoredObject {
  /** Nanoseconds; a replaced object is another file with another time. */
  readonly changedAt: bigint
}

const walk = async (path: string, root: string): Promise<Found[]> => {
  const entries = (await unlessMissing(readdir(path, { withFileTypes: true }))) ?? []
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const inside = join(path, entry.name)
      if (entry.isDirectory()) return entry.name.endsWith('.lock') ? [] : walk(inside, root)
      const found = await unlessMissing(stat(inside, { bigint: true }))
      if (!found) return []
      const key = relative(root, inside).split(sep).join('/')
      return [{ key, size: Number(found.size), changedAt: found.mtimeNs }]
    }),
  )
  return nested.flat()
}
