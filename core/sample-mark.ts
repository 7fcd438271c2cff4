/** The mark of a sample lake. It keeps simulated data and observed data in separate lakes. */
import { ConflictError, UsageError } from './errors.ts'
import type { ObjectStore } from './platform.ts'

/** Key of the mark. */
export const sampleMark = 'lake.json'

/** The notice of a sample lake; undefined for a lake of observed data. */
export const sampleNoticeOf = async (store: ObjectStore): Promise<string | undefined> => {
  const bytes = await store.get(sampleMark)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as { notice: string }).notice
}

/** Marks an empty lake as a sample. A lake that is already marked is accepted; one with other data is refused. */
export const markAsSample = async (store: ObjectStore, notice: string): Promise<void> => {
  if (await sampleNoticeOf(store)) return
  if ((await store.keys('bronze')).length) {
    throw new UsageError(`${store.location} holds other data: choose another folder for the sample with --lake`)
  }
  try {
    await store.put(sampleMark, Buffer.from(`${JSON.stringify({ sample: true, notice }, null, 1)}\n`), 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
  }
}

/** Refuses a sample lake, into which no live data may be fetched. */
export const refuseSample = async (store: ObjectStore): Promise<void> => {
  if (await sampleNoticeOf(store)) {
    throw new UsageError(
      `${store.location} is the simulated sample: choose another folder for live data with --lake or PRECURSOR_LAKE`,
    )
  }
}
