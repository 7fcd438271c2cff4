/** The limits of an answer. */
import { UsageError } from '../../core/errors.ts'

export interface Limits {
  /** Rows of an answer. More are cut off. */
  readonly rows: number
  /** Bytes of an answer as text. A larger answer is refused. */
  readonly bytes: number
  /** Seconds that a statement may take. If it cannot be interrupted then, its process is ended a little later. */
  readonly seconds: number
  /** Memory of the engine. */
  readonly memory: string
}

export const defaultLimits: Limits = { rows: 10_000, bytes: 16 * 1024 * 1024, seconds: 30, memory: '512MB' }

/** Refuses a text that is larger than the limit. */
export const withinBytes = (text: string, { bytes }: Limits): string => {
  if (Buffer.byteLength(text) > bytes)
    throw new UsageError(`the answer is larger than ${bytes} bytes: ask for fewer columns or rows`)
  return text
}
