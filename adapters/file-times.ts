/** When files were changed. */
import type { BigIntStats } from 'node:fs'
import { utimes } from 'node:fs/promises'

/** In microseconds. Systems tell nanoseconds, but a program can give the time of one file to another only to the microsecond. */
export const changedAt = ({ mtimeNs }: Pick<BigIntStats, 'mtimeNs'>): bigint => mtimeNs / 1000n

/** Gives a file the time of another one, in microseconds. */
export const setChangedAt = async (path: string, time: bigint): Promise<void> => {
  // In the middle of the microsecond: seconds as a number may be rounded to the one before.
  const seconds = (Number(time) + 0.5) / 1e6
  await utimes(path, seconds, seconds)
}
