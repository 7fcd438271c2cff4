/** Queries of a deployment's workgroup: start, wait, cancel, and rows with the types of the engine. */
import { setTimeout } from 'node:timers/promises'
import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import type { Deployment } from '../../core/deployment.ts'
import { type ResultRow, TooLargeError } from '../../core/engine.ts'
import { QueryError } from '../../core/errors.ts'
import type { DistributedEngine } from '../../core/platform.ts'
import { type AnsweredColumn, columnsOf, namesOf, rowOf } from './cells.ts'

export interface QueryOptions {
  /** Aborting it also cancels the query in Athena. */
  readonly signal?: AbortSignal
  /** The query is cancelled after this time; ten minutes by default. */
  readonly timeoutSeconds?: number
  /** Reuses a result of this age or younger for the same text, at no cost. By default no result is reused. */
  readonly reuseMinutes?: number
  /** How often the query is started if Athena marks its error as retryable. Three times by default. */
  readonly attempts?: number
}

export interface Execution {
  readonly id: string
  /** The object with the result as CSV: text is quoted, NULL is empty. */
  readonly output: string | undefined
  readonly bytesScanned: number
  readonly isReused: boolean
}

export interface AthenaAnswer extends Execution {
  readonly columns: readonly AnsweredColumn[]
  readonly rows: readonly ResultRow[]
}

export interface Athena extends DistributedEngine {
  /** Runs a query to its end. One that fails, is cancelled or takes too long is a QueryError with the reason and the query. */
  execute(sql: string, options?: QueryOptions): Promise<Execution>
  /** Runs a query and fetches all of its rows. */
  query(sql: string, options?: QueryOptions): Promise<AthenaAnswer>
}

const firstWaitMs = 100
const longestWaitMs = 1_000
const usualTimeoutSeconds = 600
/** Athena marks an error as retryable, for example, when it found no resources. */
const usualAttempts = 3

export const openAthena = ({ database, workgroup }: Pick<Deployment, 'database' | 'workgroup'>): Athena => {
  // The SDK retries throttled calls, such as TooManyRequestsException, with increasing delays.
  const client = new AthenaClient({ retryMode: 'adaptive', maxAttempts: 8 })

  const start = async (sql: string, reuseMinutes: number | undefined): Promise<string> => {
    const reuse = { Enabled: reuseMinutes !== undefined, MaxAgeInMinutes: reuseMinutes ?? 0 }
    const { QueryExecutionId } = await client
      .send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          WorkGroup: workgroup,
          QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
          ...(reuse.Enabled ? { ResultReuseConfiguration: { ResultReuseByAgeConfiguration: reuse } } : {}),
        }),
      )
      .catch((error: Error) => {
        throw new QueryError(`Athena did not take it: ${error.name}: ${error.message}`, sql)
      })
    return QueryExecutionId!
  }

  const stop = (id: string) => client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }))

  const ended = async (id: string, sql: string, options: QueryOptions): Promise<QueryExecution> => {
    const { signal, timeoutSeconds = usualTimeoutSeconds } = options
    const deadline = performance.now() + timeoutSeconds * 1000
    for (let wait = firstWaitMs; ; wait = Math.min(wait * 1.2, longestWaitMs)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
      const { State, StateChangeReason, AthenaError } = QueryExecution!.Status!
      if (State === 'SUCCEEDED') return QueryExecution!
      if (State === 'FAILED' || State === 'CANCELLED')
        throw new QueryError(`Athena: ${State} ${StateChangeReason ?? ''}`, sql, AthenaError?.Retryable)
      if (signal?.aborted || performance.now() > deadline) {
        await stop(id)
        const reason = signal?.aborted
          ? 'it was cancelled'
          : `no answer within ${timeoutSeconds} s, so it was cancelled`
        throw new QueryError(`Athena: ${reason} (query ${id})`, sql)
      }
      await setTimeout(wait, undefined, signal ? { signal } : {}).catch(() => {})
    }
  }

  const execute = async (sql: string, options: QueryOptions = {}): Promise<Execution> => {
    const { attempts = usualAttempts } = options
    for (let attempt = 1; ; attempt++) {
      const id = await start(sql, options.reuseMinutes)
      try {
        const { Statistics, ResultConfiguration } = await ended(id, sql, options)
        return {
          id,
          output: ResultConfiguration?.OutputLocation,
          bytesScanned: Statistics?.DataScannedInBytes ?? 0,
          isReused: Statistics?.ResultReuseInformation?.ReusedPreviousResult ?? false,
        }
      } catch (error) {
        if (!(error instanceof QueryError && error.isTransient) || attempt === attempts) throw error
        await setTimeout(longestWaitMs * attempt)
      }
    }
  }

  /** The rows of a result, page by page. A page holds at most a thousand. */
  async function* pagesOf(id: string, columns: AnsweredColumn[]) {
    let isFirst = true
    for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId: id })) {
      const found = ResultSet?.Rows ?? []
      const infos = ResultSet?.ResultSetMetadata?.ColumnInfo ?? []
      if (isFirst) columns.push(...columnsOf(infos))
      // The first row of a SELECT repeats the names; that of an EXPLAIN does not.
      const skipped = isFirst && found[0] && namesOf(found[0], infos) ? 1 : 0
      yield found.slice(skipped)
      isFirst = false
    }
  }

  const query = async (sql: string, options?: QueryOptions): Promise<AthenaAnswer> => {
    const execution = await execute(sql, options)
    const columns: AnsweredColumn[] = []
    const rows: ResultRow[] = []
    for await (const page of pagesOf(execution.id, columns)) for (const each of page) rows.push(rowOf(each, columns))
    return { ...execution, columns, rows }
  }

  const answer: Athena['answer'] = async (sql, { rows: most = Number.POSITIVE_INFINITY, bytes, seconds }) => {
    const { id } = await execute(sql, { timeoutSeconds: seconds })
    const columns: AnsweredColumn[] = []
    const rows: ResultRow[] = []
    let size = 0
    for await (const page of pagesOf(id, columns)) {
      for (const each of page.slice(0, most - rows.length)) {
        for (const { VarCharValue } of each.Data ?? []) size += (VarCharValue?.length ?? 0) + 2
        if (size > (bytes ?? size)) throw new TooLargeError(`the answer is larger than ${bytes} bytes`)
        rows.push(rowOf(each, columns))
      }
      if (rows.length === most) break
    }
    const names = columns.map(({ name }) => name)
    return {
      columns: names,
      types: columns.map(({ type }) => type.toUpperCase()),
      rows: rows.map((row) => names.map((name) => row[name] ?? null)),
    }
  }

  return { execute, query, answer, rows: async (sql) => (await query(sql)).rows }
}
