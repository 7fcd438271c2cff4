/** The mark of a sample lake: what was simulated is never mixed with what was observed. */
import { ConflictError, UsageError } from './errors.ts'
import type { ObjectStore } from './platform.ts'

/** Key of the mark. */
export const sampleMark = 'lake.json'

/** What a lake says about itself; undefined for a lake of observations. */
export const sampleNoticeOf = async (store: ObjectStore): Promise<string | undefined> => {
  const bytes = await store.get(sampleMark)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as { notice: string }).notice
}

/** Marks an empty lake, or one that is marked already. */
export const markAsSample = async (store: ObjectStore, notice: string): Promise<void> => {
  if (await sampleNoticeOf(store)) return
  if ((await store.list('bronze')).length) {
    throw new UsageError(`${store.location} holds other data: choose another folder for the sample with --lake`)
  }
  try {
    await store.put(sampleMark, Buffer.from(`${JSON.stringify({ sample: true, notice }, null, 1)}\n`), 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
  }
}

/** Live sources are not asked for a sample lake. */
export const refuseSample = async (store: ObjectStore): Promise<void> => {
  if (await sampleNoticeOf(store)) {
    throw new UsageError(
      `${store.location} is the simulated sample: choose another folder for live data with --lake or PRECURSOR_LAKE`,
    )
  }
}
