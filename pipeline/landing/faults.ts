/** Whose fault an error is: the payload's, which is then refused, or that of the machine, the store or the program. */

import { ConflictError, ContractError, messageOf, SourceChangedError } from '../../core/errors.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'

/** How DuckDB begins messages about values. Messages about disk, memory or wrong SQL begin otherwise. */
const aboutValues = /^(Conversion|Out of Range|Invalid Input|Constraint|Mismatch Type|Invalid) Error/

const isNamed = (error: unknown) => error instanceof ContractError || error instanceof SourceChangedError

/** Whether the values of a payload made the work fail, so that it would fail again. */
export const isOfValues = (error: unknown): boolean =>
  isNamed(error) || (error instanceof Error && aboutValues.test(error.message))

/** How DuckDB begins messages about the disk, the network and the memory. */
const aboutMachine = /^(IO|HTTP|Out of Memory|Permission|Interrupt|FATAL|INTERNAL) Error/

/** Whether the store or the machine failed, so that the same work may succeed later. */
export const isOfMachine = (error: unknown): boolean => {
  if (error instanceof ConflictError) return true
  const { message, syscall, $metadata } = error as Error & { syscall?: unknown; $metadata?: unknown }
  return syscall !== undefined || $metadata !== undefined || aboutMachine.test(message)
}

/** Whether bytes of the lake are damaged: it is another fault when they cannot be read at all. */
export const isOfBytes = (error: unknown): boolean =>
  isNamed(error) || /^(Z_|ERR_BUFFER_TOO_LARGE)/.test(String((error as NodeJS.ErrnoException).code))

/** What an error says in its first line, without the name that the engine gives to its class, such as Conversion Error. */
export const reasonOf = (error: unknown): string =>
  messageOf(error)
    .split('\n')[0]!
    .replace(/^(\w+ )+Error: /, '')

/** Why a payload is refused: names its source, key and bronze object, and says what to do. No stack and no SQL. */
export const refusalOf = (record: BronzeRecord, error: unknown): string => {
  if (isNamed(error)) return messageOf(error)
  return messageOf(
    new ContractError(
      `${record.source} ${record.key}: it cannot be landed, ${reasonOf(error)} (${record.body}); the bytes are kept: fix the decoder, then rebuild`,
    ),
  )
}
