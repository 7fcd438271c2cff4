/** A lake in which another writer replaces an object while it is being made. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { objectKey } from '../../pipeline/silver/partitions.ts'
import { partitionsIn, silverVersions } from '../../pipeline/silver/staleness.ts'

/** The last object of the relation holds other bytes than were noted, and has the bytes of the one before it after it was first read. */
export const overtaken = async (lake: Lake, name: string): Promise<Lake> => {
  const { store } = lake.platform
  const [before, last] = partitionsIn(await silverVersions(store, name), name).slice(-2)
  const key = objectKey({ name }, last!)
  await store.put(key, Buffer.from('not what was noted'), { etag: (await store.snapshot(key))!.etag })
  let isReplaced = false
  const snapshot: typeof store.snapshot = async (wanted) => {
    const found = await store.snapshot(wanted)
    if (wanted !== key || isReplaced) return found
    isReplaced = true
    await store.put(key, { file: (await store.snapshot(objectKey({ name }, before!)))!.path }, { etag: found!.etag })
    return found
  }
  return { ...lake, platform: { ...lake.platform, store: { ...store, snapshot } } }
}
