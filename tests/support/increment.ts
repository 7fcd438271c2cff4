/** Adds one to the number in an object, by compare-and-swap. */
import { readFile } from 'node:fs/promises'
import { ConflictError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'

/** The object that interrupted writers write. */
export const interruptedKey = 'folder/n'

export const increment = async (store: ObjectStore, key: string): Promise<void> => {
  const read = await store.snapshot(key)
  const next = Buffer.from(String(1 + Number(read ? await readFile(read.path, 'utf8') : 0)))
  try {
    await store.put(key, next, read ? { etag: read.etag } : 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    await increment(store, key)
  }
}

export const numberIn = async (store: ObjectStore, key: string): Promise<number> =>
  Number(Buffer.from((await store.get(key)) ?? '0').toString())
