/** Queries of a deployment's workgroup: start, wait, and rows with the types of the engine. */
import {
  AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import type { SqlType } from '../../schemas/column.ts'
import type { Deployment } from '../deployment.ts'
import type { ResultRow, Value } from '../engine.ts'

export interface AthenaAnswer {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[]
  readonly rows: readonly ResultRow[]
  readonly bytesScanned: number
  readonly isReused: boolean
}

/** An answer of this age or younger to the same query is taken again, at no cost. */
const reuseMinutes = 60
const firstWaitMs = 100
const longestWaitMs = 2_000

/** Runs one query. A query that fails is an error with Athena's reason and the query. */
export const queryAthena = async ({ database, workgroup }: Deployment, sql: string): Promise<AthenaAnswer> => {
  const client = new AthenaClient({ retryMode: 'adaptive', maxAttempts: 8 })
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: workgroup,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reuseMinutes } },
    }),
  )
  const { Statistics } = await ended(client, QueryExecutionId!, sql)
  const columns: { name: string; type: SqlType }[] = []
  const rows: ResultRow[] = []
  let isFirst = true
  for await (const page of paginateGetQueryResults({ client }, { QueryExecutionId })) {
    const { ResultSet } = page
    if (columns.length === 0) columns.push(...(ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(columnOf))
    // The first row of the first page repeats the names.
    const found = (ResultSet?.Rows ?? []).slice(isFirst ? 1 : 0)
    isFirst = false
    for (const { Data } of found)
      rows.push(Object.fromEntries(columns.map(({ name, type }, i) => [name, typed(Data?.[i]?.VarCharValue, type)])))
  }
  return {
    columns,
    rows,
    bytesScanned: Statistics?.DataScannedInBytes ?? 0,
    isReused: Statistics?.ResultReuseInformation?.ReusedPreviousResult ?? false,
  }
}

const ended = async (client: AthenaClient, id: string, sql: string): Promise<QueryExecution> => {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 1.5, longestWaitMs)) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    const { State, StateChangeReason } = QueryExecution!.Status!
    if (State === 'SUCCEEDED') return QueryExecution!
    if (State === 'FAILED' || State === 'CANCELLED')
      throw new Error(`Athena: ${State} ${StateChangeReason ?? ''}\n${sql}`)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

const types: Readonly<Record<string, SqlType>> = {
  varchar: 'varchar',
  char: 'varchar',
  date: 'date',
  timestamp: 'timestamp',
  double: 'double',
  real: 'double',
  float: 'double',
  decimal: 'double',
  bigint: 'bigint',
  integer: 'bigint',
  smallint: 'bigint',
  tinyint: 'bigint',
  boolean: 'boolean',
}

const columnOf = ({ Name, Type }: ColumnInfo) => ({ name: Name!, type: types[Type!] ?? 'varchar' })

const typed = (text: string | undefined, type: SqlType): Value => {
  if (text === undefined) return null
  if (type === 'double') return Number(text)
  if (type === 'boolean') return text === 'true'
  if (type === 'bigint') return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  // As in 2025-11-20 13:30:00.000, in UTC.
  if (type === 'timestamp') return new Date(`${text.replace(' ', 'T')}Z`).toISOString()
  return text
}
