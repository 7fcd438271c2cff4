/** The limits of an answer. */
import { TooLargeError } from '../../core/engine.ts'
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

/** The statement took longer than the limit. */
export const tooLate = ({ seconds }: Limits): UsageError =>
  new UsageError(`the statement took more than ${seconds} s and was stopped`)

/** The error of an answer, in words of the caller if it is that the answer is too large. */
export const refusalOf = (error: Error): Error =>
  error instanceof TooLargeError ? new UsageError(`${error.message}: ask for fewer columns or rows`) : error

/** Refuses a text that is larger than the limit. */
export const withinBytes = (text: string, { bytes }: Limits): string => {
  if (Buffer.byteLength(text) > bytes) throw refusalOf(new TooLargeError(`the answer is larger than ${bytes} bytes`))
  return text
}
