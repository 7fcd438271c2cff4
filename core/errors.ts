/** The errors that a caller can act on. Each message names the object, row and value, and what to do. */
import { redacted } from './secrets.ts'
import { systemReason } from './system-errors.ts'

/** The source did not respond, or responded that it is unavailable. A later retry may succeed. */
export class SourceUnavailableError extends Error {
  override readonly name = 'SourceUnavailableError'
  constructor(
    message: string,
    /** True if the source responded. */
    readonly isReached = true,
  ) {
    super(message)
  }
}

/** The response has another format than the one we know. A retry does not help. The response is stored. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError'
}

/** A value does not match its declaration. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
}

/** Another writer replaced the object between our read and our write. Read and merge again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError'
  constructor(readonly key: string) {
    super(`${key} was replaced while we were merging into it`)
  }
}

/** The engine of a deployment failed to run a query. The message holds its reason and the query. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  constructor(
    readonly reason: string,
    readonly sql: string,
    /** True if the engine reports that a retry may succeed. */
    readonly isTransient = false,
  ) {
    super(`${reason}\n${sql}`)
  }
}

/** The command line, or a file that it names, asks for something impossible. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Name and message of an error, or the text of any other thrown value, without the secrets that are known. An error of the
 * operating system is put into words.
 */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return redacted(String(error))
  return redacted(systemReason(error) ?? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`)
}
