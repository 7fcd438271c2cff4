/** The errors that a caller can act on. Each names the object, the row, the value, the place and what to do. */

/** The source did not answer, or answered that it cannot now. Try again later. */
export class SourceUnavailableError extends Error {
  override readonly name = 'SourceUnavailableError'
  constructor(
    message: string,
    /** Whether the source answered at all. */
    readonly isReached = true,
  ) {
    super(message)
  }
}

/** The source answered in another shape than the one we know. Trying again does not help; the bytes are kept. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError'
}

/** A value is not what its declaration says. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
}

/** Somebody else replaced the object between our reading and our writing. Read again, merge again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError'
  constructor(readonly key: string) {
    super(`${key} was replaced while we were merging into it`)
  }
}

/** The engine of a deployment did not answer a query. The message is its reason and the query. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  constructor(
    readonly reason: string,
    readonly sql: string,
    /** Whether the engine itself says that another try may do. */
    readonly isTransient = false,
  ) {
    super(`${reason}\n${sql}`)
  }
}

/** The command line asked for something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** First line of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error)
