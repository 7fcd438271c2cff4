/** Objects as the files of one folder, with the guarantee of S3: a conditional write happens as a whole or not at all. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { link, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { ConflictError } from '../core/errors.ts'
import type { Condition, Inspection, ObjectStore, Snapshot, StoredObject } from '../core/platform.ts'
import {
  codeOf,
  isMissing,
  makeFolder,
  sha256OfFile,
  syncFolder,
  unlessFolder,
  unlessMissing,
  writeDurably,
} from './durable.ts'
import { changedAt } from './file-times.ts'
import { type Generation, isClaim, latest, published, settle, writeNext } from './generations.ts'

const temporary = '.tmp'
/** Below it, one folder per object holds the claims of its generations. */
const writes = '.writes'
/** These objects are never replaced, and their keys hold their hash. */
const isWrittenOnce = (key: string) => key.startsWith('bronze/')

export const localStore = (folder: string, scratch: (name: string) => Promise<string>): ObjectStore => {
  const root = resolve(folder)
  const pathOf = (key: string) => join(root, ...key.split('/'))
  const claimsOf = (key: string) => join(root, writes, ...key.split('/'))

  const writeOnce = async (key: string, body: Uint8Array) => {
    const path = pathOf(key)
    await makeFolder(dirname(path))
    await makeFolder(join(root, temporary))
    const aside = join(root, temporary, randomUUID())
    try {
      await writeDurably(aside, body)
      // A hard link appears at once and fails if the name is taken.
      await link(aside, path)
      await syncFolder(dirname(path))
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw new ConflictError(key)
      throw error
    } finally {
      await rm(aside, { force: true })
    }
  }

  const put = async (key: string, given: Uint8Array | { readonly file: string }, condition: Condition) => {
    const body = given instanceof Uint8Array ? given : await readFile(given.file)
    if (condition === 'absent' && isWrittenOnce(key)) return writeOnce(key, body)
    const path = pathOf(key)
    const isExpected = async (present: Generation) => {
      const isThere = (await unlessMissing(stat(path))) !== undefined
      if (condition === 'absent') return !isThere
      return isThere && condition.etag === (await etagOf(present, path))
    }
    if (!(await unlessFolder(path, writeNext(claimsOf(key), path, body, isExpected)))) throw new ConflictError(key)
  }

  const snapshot = async (key: string): Promise<Snapshot | undefined> => {
    for (;;) {
      const before = await settle(claimsOf(key), pathOf(key))
      const path = await scratch(key.replaceAll('/', '-'))
      const linked = unlessFolder(pathOf(key), link(pathOf(key), path))
      if (!(await unlessMissing(linked.then(() => true)))) return undefined
      const damage = damageOf(before, await sha256OfFile(path))
      if (!damage) return { path, etag: await etagOf(before, path) }
      // The file may be that of a later generation, written since.
      const after = await latest(claimsOf(key))
      if (after.number === before.number) return { path, etag: await etagOf(before, path), damage }
      await rm(path)
    }
  }

  const inspect = async (key: string): Promise<Inspection> => {
    for (;;) {
      const before = await published(claimsOf(key))
      const found = await unlessFolder(pathOf(key), sha256OfFile(pathOf(key)))
      if (found === undefined) return before.number > 0 ? { state: 'missing' } : { state: 'unrecorded' }
      if (!before.claim) return { state: 'unrecorded' }
      const damage = damageOf(before, found)
      if (!damage) return { state: 'intact' }
      if ((await published(claimsOf(key))).number === before.number) return { state: 'damaged', damage }
    }
  }

  /** Those of some keys of which a generation was published. */
  const publishedAmong = async (keys: readonly string[]) => {
    const isPublished = async (key: string) => existsSync(pathOf(key)) || (await published(claimsOf(key))).number > 0
    const were = await Promise.all(keys.map(isPublished))
    return keys.filter((_, i) => were[i])
  }

  const filesFrom = (prefix: string) => walk(pathOf(prefix), withoutSlash(prefix))

  return {
    location: root,
    readableFolder: join(root, 'silver'),
    put,
    snapshot,
    inspect,
    list: async (prefix) =>
      filesFrom(prefix)
        .map(({ key, size }) => ({ key, size }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    keys: async (prefix) => keysBelow(pathOf(prefix), withoutSlash(prefix)).sort(),
    versions: async (prefix) =>
      new Map(filesFrom(prefix).map(({ key, size, changedAt }) => [key, `${size}-${changedAt}`])),
    written: async (prefix) => {
      const claims = keysBelow(claimsOf(prefix), withoutSlash(prefix)).filter((key) => isClaim(baseOf(key)))
      return publishedAmong([...new Set(claims.map(folderOf))].sort())
    },
    missing: async (prefix) => publishedAmong(goneBelow(pathOf(prefix), claimsOf(prefix), withoutSlash(prefix)).sort()),
    get: (key) => unlessMissing(unlessFolder(pathOf(key), readFile(pathOf(key)))),
    readable: async (keys) => keys.map(pathOf),
  }
}

const baseOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
const folderOf = (key: string) => key.slice(0, key.lastIndexOf('/'))
const inside = (key: string, name: string) => (key ? `${key}/${name}` : name)
const withoutSlash = (prefix: string) => prefix.replace(/\/$/, '')

/** Names a generation, and the bytes of a file that was written without a claim. */
const etagOf = async ({ number, claim }: Generation, path: string) =>
  `${number}-${claim?.sha256 ?? (await sha256OfFile(path))}`

const damageOf = ({ claim }: Generation, found: string | undefined) =>
  claim && claim.sha256 !== found ? `its SHA-256 is ${found}, and ${claim.sha256} was written` : undefined

interface Found extends StoredObject {
  /** In microseconds. A file that replaces another one has another time. */
  readonly changedAt: bigint
}

const entriesOf = (path: string) => {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Keys of the files in a folder, which has this key itself. */
const keysBelow = (path: string, key: string): string[] =>
  entriesOf(path).flatMap((entry) => {
    const own = inside(key, entry.name)
    return entry.isDirectory() ? keysBelow(join(path, entry.name), own) : [own]
  })

/**
 * The keys from a key on that have claims and no file. The claims of a file that is there are not listed: at every start of a
 * command that would list a thousand folders more.
 */
const goneBelow = (path: string, claims: string, key: string): string[] => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return []
  const entries = entriesOf(claims)
  const own = entries.some(({ name }) => isClaim(name)) ? [key] : []
  const below = entries.filter((each) => each.isDirectory())
  return [
    ...own,
    ...below.flatMap(({ name }) => goneBelow(`${path}${sep}${name}`, `${claims}${sep}${name}`, inside(key, name))),
  ]
}

/** The files in a folder, which has this key itself. A promise for each file and folder would take five times as long. */
const walk = (path: string, key: string): Found[] =>
  entriesOf(path).flatMap((entry) => {
    const [file, own] = [`${path}${sep}${entry.name}`, inside(key, entry.name)]
    if (entry.isDirectory()) return walk(file, own)
    const found = statSync(file, { bigint: true, throwIfNoEntry: false })
    return found ? [{ key: own, size: Number(found.size), changedAt: changedAt(found) }] : []
  })
