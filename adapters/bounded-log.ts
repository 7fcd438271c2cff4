/** A log file that cannot fill the disk: at its limit it becomes FILE.1, which replaces the one before it. */
import { appendFile, rename, stat } from 'node:fs/promises'

const limit = 1024 * 1024

export const appendBounded = async (file: string, text: string): Promise<void> => {
  const { size } = await stat(file).catch(() => ({ size: 0 }))
  if (size > 0 && size + Buffer.byteLength(text) > limit) await rename(file, `${file}.1`)
  await appendFile(file, text)
}
