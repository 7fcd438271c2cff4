/**
 * The API of Athena in front of Trino. What is not a query (workgroups, saved queries, metadata) is the emulator's.
 * https://docs.aws.amazon.com/athena/latest/APIReference/
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  GetQueryResultsInput,
  QueryExecution,
  StartQueryExecutionInput,
  WorkGroupConfiguration,
} from '@aws-sdk/client-athena'
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { account, region, testCredentials } from '../emulator.ts'
import { cell, columnInfo, csv } from './cells.ts'
import { type Finished, reasonOf, statements } from './statement.ts'
import { unloadIn } from './unload.ts'

class Refusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message)
  }
}
const invalid = (message: string) => new Refusal('InvalidRequestException', message)

interface Query extends QueryExecution {
  readonly QueryExecutionId: string
  readonly Query: string
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  reason?: string
  isRetryable?: boolean
  isCancelled: boolean
  isReused: boolean
  readonly startedAt: number
  endedAt?: number
  result?: Finished
  bytesScanned: number
}

interface AthenaService {
  readonly url: string
  close(): void
}

/** So many rows of the latest queries are kept, for paging and to be given again; the objects with results stay. */
const keptRows = 500_000
const isUtility = (sql: string) => /^\s*(show|describe|explain)\b/i.test(sql)
const isDdl = (sql: string) => /^\s*(create|drop|alter|msck)\b/i.test(sql)
const seconds = (ms: number) => ms / 1000

/** Each call is appended to `callLog`, as the emulator does with its own. */
export const startAthena = async (awsUrl: string, trinoUrl: string, callLog: string): Promise<AthenaService> => {
  const queries = new Map<string, Query>()
  const tokens = new Map<string, string>()
  /** Refusals to come, by operation: what a test asked for. */
  const faults: { operation: string; type: string; count: number }[] = []
  const s3 = new S3Client({ endpoint: awsUrl, region, credentials: testCredentials, forcePathStyle: true })

  const emulated = async (operation: string, body: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(awsUrl, {
      method: 'POST',
      headers: {
        'x-amz-target': `AmazonAthena.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20250101/${region}/athena/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: body.replace(/("CatalogName"\s*:\s*)"awsdatacatalog"/i, '$1"AwsDataCatalog"'),
    })
    return { status: response.status, text: await response.text() }
  }
  const workgroup = async (name: string): Promise<WorkGroupConfiguration> => {
    const { status, text } = await emulated('GetWorkGroup', JSON.stringify({ WorkGroup: name }))
    if (status !== 200) throw invalid(`WorkGroup ${name} is not found.`)
    return JSON.parse(text).WorkGroup.Configuration ?? {}
  }

  /** An earlier execution of the same text in the same place that may be given again. */
  const reusable = ({
    QueryString,
    QueryExecutionContext,
    WorkGroup,
    ResultReuseConfiguration,
  }: StartQueryExecutionInput) => {
    const { Enabled, MaxAgeInMinutes = 60 } = ResultReuseConfiguration?.ResultReuseByAgeConfiguration ?? {}
    if (!Enabled) return undefined
    return [...queries.values()].find(
      (each) =>
        each.Query === QueryString &&
        each.WorkGroup === WorkGroup &&
        each.QueryExecutionContext?.Database === QueryExecutionContext?.Database &&
        each.state === 'SUCCEEDED' &&
        each.result &&
        Date.now() - each.endedAt! < MaxAgeInMinutes * 60_000,
    )
  }

  const perform = async (query: Query, parameters: readonly string[], cutOff: number) => {
    const text = query.Query.replace(/;\s*$/, '')
    const sql = parameters.length
      ? `execute immediate '${text.replaceAll("'", "''")}' using ${parameters.join(', ')}`
      : text
    try {
      const unload = unloadIn(sql)
      if (unload) await refuseFilled(unload.destination)
      const result = await statements(trinoUrl, unload?.statements ?? [sql], {
        ...(unload ? { session: unload.session } : {}),
        catalog: query.QueryExecutionContext?.Catalog ?? 'awsdatacatalog',
        schema: query.QueryExecutionContext?.Database ?? 'default',
        onState: (state) => {
          if (state !== 'QUEUED' && query.state === 'QUEUED') query.state = 'RUNNING'
        },
        isCancelled: () => query.isCancelled,
      })
      query.bytesScanned = result.bytesScanned
      if (result.isCancelled) return ended(query, 'CANCELLED', 'Query cancelled by user')
      if (result.error) {
        query.isRetryable = result.error.errorType === 'EXTERNAL'
        return ended(query, 'FAILED', reasonOf(result.error))
      }
      if (result.bytesScanned > cutOff) return ended(query, 'CANCELLED', 'Bytes scanned limit was exceeded')
      query.result = result.updateType ? { ...result, columns: [], rows: [] } : result
      await keep(query)
      ended(query, 'SUCCEEDED')
    } catch (error) {
      ended(query, 'FAILED', `GENERIC_INTERNAL_ERROR: ${(error as Error).message}`)
    }
  }
  const ended = (query: Query, state: Query['state'], reason?: string) => {
    query.endedAt = Date.now()
    if (reason) query.reason = reason
    query.state = state
    let held = 0
    for (const each of [...queries.values()].reverse()) {
      held += each.result?.rows.length ?? 0
      if (held > keptRows && each !== query) delete each.result
    }
  }
  const texts = ({ columns, rows }: Finished) =>
    rows.map((row) => row.map((value, i) => cell(value, columns[i]!.typeSignature)))
  const refuseFilled = async (destination: string) => {
    const [, Bucket, Prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(destination)!
    const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: Bucket!, Prefix: Prefix!, MaxKeys: 1 }))
    if (KeyCount > 0) throw new Error(`HIVE_PATH_ALREADY_EXISTS: Target directory already exists: ${destination}`)
  }
  const keep = async ({ ResultConfiguration, result }: Query) => {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(ResultConfiguration?.OutputLocation ?? '') ?? []
    if (!Bucket) return
    const Body = csv(
      result!.columns.map(({ name }) => name),
      texts(result!),
    )
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
  }

  const found = (id: string): Query => {
    const query = queries.get(id)
    if (!query) throw invalid(`QueryExecution ${id} was not found`)
    return query
  }
  const described = (query: Query): QueryExecution => ({
    QueryExecutionId: query.QueryExecutionId,
    Query: query.Query,
    StatementType: isUtility(query.Query) ? 'UTILITY' : isDdl(query.Query) ? 'DDL' : 'DML',
    WorkGroup: query.WorkGroup,
    QueryExecutionContext: query.QueryExecutionContext,
    ResultConfiguration: query.ResultConfiguration,
    EngineVersion: {
      SelectedEngineVersion: 'Athena engine version 3',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
    Status: {
      State: query.state,
      SubmissionDateTime: seconds(query.startedAt) as unknown as Date,
      ...(query.endedAt ? { CompletionDateTime: seconds(query.endedAt) as unknown as Date } : {}),
      ...(query.reason ? { StateChangeReason: query.reason } : {}),
      ...(query.state === 'FAILED'
        ? {
            AthenaError: {
              ErrorCategory: 2,
              ErrorType: 1006,
              Retryable: query.isRetryable ?? false,
              ErrorMessage: query.reason!,
            },
          }
        : {}),
    },
    Statistics: {
      DataScannedInBytes: query.bytesScanned,
      TotalExecutionTimeInMillis: (query.endedAt ?? Date.now()) - query.startedAt,
      ResultReuseInformation: { ReusedPreviousResult: query.isReused },
    },
  })

  const operations: Record<string, (input: never) => Promise<unknown>> = {
    StartQueryExecution: async (input: StartQueryExecutionInput) => {
      const { QueryString, ClientRequestToken, WorkGroup = 'primary', ExecutionParameters = [] } = input
      if (!QueryString?.trim()) throw invalid('queryString must not be empty')
      const known = ClientRequestToken && tokens.get(ClientRequestToken)
      if (known) return { QueryExecutionId: known }
      const settings = await workgroup(WorkGroup)
      const own = settings.EnforceWorkGroupConfiguration ? undefined : input.ResultConfiguration?.OutputLocation
      const location = own ?? settings.ResultConfiguration?.OutputLocation
      const id = randomUUID()
      const earlier = reusable({ ...input, WorkGroup })
      const query: Query = {
        QueryExecutionId: id,
        Query: QueryString,
        WorkGroup,
        QueryExecutionContext: input.QueryExecutionContext,
        ResultConfiguration: location ? { OutputLocation: `${location.replace(/\/?$/, '/')}${id}.csv` } : {},
        state: 'QUEUED',
        isCancelled: false,
        isReused: Boolean(earlier),
        startedAt: Date.now(),
        bytesScanned: 0,
      }
      queries.set(id, query)
      if (ClientRequestToken) tokens.set(ClientRequestToken, id)
      if (earlier) {
        query.result = earlier.result!
        await keep(query)
        ended(query, 'SUCCEEDED')
      } else void perform(query, ExecutionParameters, settings.BytesScannedCutoffPerQuery ?? Number.POSITIVE_INFINITY)
      return { QueryExecutionId: id }
    },
    GetQueryExecution: async ({ QueryExecutionId }: { QueryExecutionId: string }) => ({
      QueryExecution: described(found(QueryExecutionId)),
    }),
    BatchGetQueryExecution: async ({ QueryExecutionIds }: { QueryExecutionIds: string[] }) => ({
      QueryExecutions: QueryExecutionIds.map((id) => described(found(id))),
      UnprocessedQueryExecutionIds: [],
    }),
    ListQueryExecutions: async ({ WorkGroup }: { WorkGroup?: string }) => ({
      QueryExecutionIds: [...queries.values()]
        .filter((each) => each.WorkGroup === (WorkGroup ?? 'primary'))
        .map(({ QueryExecutionId }) => QueryExecutionId)
        .reverse(),
    }),
    StopQueryExecution: async ({ QueryExecutionId }: { QueryExecutionId: string }) => {
      found(QueryExecutionId).isCancelled = true
      return {}
    },
    GetQueryResults: async ({ QueryExecutionId, MaxResults = 1000, NextToken }: GetQueryResultsInput) => {
      const query = found(QueryExecutionId!)
      if (query.state !== 'SUCCEEDED')
        throw invalid(`Query has not yet finished, or not successfully. Current state: ${query.state}`)
      if (!query.result) throw new Error(`the rows of ${QueryExecutionId} are no longer kept`)
      if (MaxResults < 1 || MaxResults > 1000) throw invalid('MaxResults is more than maximum allowed length 1000')
      const { columns, rows, updateCount = 0 } = query.result
      // The first row of a query repeats the names.
      const names = isUtility(query.Query) || !columns.length ? 0 : 1
      const from = Number(NextToken ?? 0)
      const to = Math.min(from + MaxResults, rows.length + names)
      const page = texts({ ...query.result, rows: rows.slice(Math.max(from - names, 0), to - names) })
      const head = from < names ? [columns.map(({ name }): string | undefined => name)] : []
      return {
        UpdateCount: updateCount,
        ResultSet: {
          Rows: [...head, ...page].map((row) => ({
            Data: row.map((text) => (text === undefined ? {} : { VarCharValue: text })),
          })),
          ResultSetMetadata: { ColumnInfo: columns.map(columnInfo) },
        },
        ...(to < rows.length + names ? { NextToken: String(to) } : {}),
      }
    },
    /** No operation of Athena: refuses the next calls of one. */
    TestRefuse: async (fault: (typeof faults)[number]) => {
      faults.push(fault)
      return {}
    },
  }

  /** The workgroup that a call names or whose query it names; a data catalog otherwise. */
  const resourceOf = (body: string): string => {
    const { WorkGroup, QueryExecutionId, CatalogName, Name } = JSON.parse(body || '{}')
    const workgroup = WorkGroup ?? queries.get(QueryExecutionId)?.WorkGroup
    const resource = workgroup ? `workgroup/${workgroup}` : `datacatalog/${CatalogName ?? Name ?? 'AwsDataCatalog'}`
    return `arn:aws:athena:${region}:${account}:${resource}`
  }
  const logCall = (authorization: string, operation: string, body: string) => {
    const key = /Credential=([^/]+)\//.exec(authorization)?.[1] ?? ''
    const call = { key, action: `athena:${operation}`, resource: resourceOf(body), refused: false }
    appendFileSync(callLog, `${JSON.stringify(call)}\n`)
  }

  const answer = async (operation: string, body: string): Promise<{ status: number; text: string }> => {
    const fault = faults.find((each) => each.operation === operation && each.count-- > 0)
    if (fault) throw new Refusal(fault.type, 'Rate exceeded')
    const own = operations[operation]
    if (!own) return emulated(operation, body)
    return { status: 200, text: JSON.stringify(await own(JSON.parse(body || '{}') as never)) }
  }

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? ''
    const { status, text } = await bodyOf(request)
      .then((body) => {
        logCall(request.headers.authorization ?? '', operation, body)
        return answer(operation, body)
      })
      .catch((error: Error) => {
        const type = error instanceof Refusal ? error.type : 'InternalServerException'
        const text = JSON.stringify({ __type: type, Message: error.message, message: error.message })
        return { status: error instanceof Refusal ? 400 : 500, text }
      })
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}
