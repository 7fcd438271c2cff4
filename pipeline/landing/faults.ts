/** Whose fault an error is: the payload's, which is then refused, or that of the machine, the store or the program. */

import { ContractError, messageOf, SourceChangedError } from '../../core/errors.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'

/** How DuckDB begins messages about values. Messages about disk, memory or wrong SQL begin otherwise. */
const aboutValues = /^(Conversion|Out of Range|Invalid Input|Constraint|Mismatch Type|Invalid) Error/

const isNamed = (error: unknown) => error instanceof ContractError || error instanceof SourceChangedError

/** Whether the values of a payload made the work fail, so that it would fail again. */
export const isOfValues = (error: unknown): boolean =>
  isNamed(error) || (error instanceof Error && aboutValues.test(error.message))

/** Whether bytes of the lake are damaged: it is another fault when they cannot be read at all. */
export const isOfBytes = (error: unknown): boolean =>
  isNamed(error) || /^(Z_|ERR_BUFFER_TOO_LARGE)/.test(String((error as NodeJS.ErrnoException).code))

/** Why a payload is refused: names its source, key and bronze object, and says what to do. No stack and no SQL. */
export const refusalOf = (record: BronzeRecord, error: unknown): string => {
  if (isNamed(error)) return messageOf(error)
  const reason = messageOf(error).split('\n')[0]
  return messageOf(
    new ContractError(
      `${record.source} ${record.key}: it cannot be landed, ${reason} (${record.body}); the bytes are kept: fix the decoder, then rebuild`,
    ),
  )
}
