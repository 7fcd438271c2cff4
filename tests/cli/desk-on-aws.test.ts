/** The desk of a deployment: Athena answers what passed the check, within the limits, and nothing else is sent to it. */
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openAthena } from '../../adapters/athena/client.ts'
import { awsPlatform } from '../../adapters/aws.ts'
import { type Desk, openDesk } from '../../cli/desk/desk.ts'
import { defaultLimits } from '../../cli/desk/limits.ts'
import { mcpServer } from '../../cli/mcp/server.ts'
import { serveApp } from '../../cli/serve/app.ts'
import { sampleUniverse } from '../support/lake.ts'
import { forbidden } from './abuse.ts'

const athena = mockClient(AthenaClient)
const limits = { ...defaultLimits, rows: 1500, bytes: 100_000, seconds: 1 }
let desk: Desk
let ask: (sql: string) => Promise<{ status: number; body: Record<string, unknown> }>

beforeAll(() => {
  const distributed = openAthena({ database: 'precursor', workgroup: 'Precursor' })
  desk = openDesk(awsPlatform({ bucket: 'lake', distributed }), sampleUniverse, limits)
  const app = serveApp(desk, { hosts: ['localhost'], nonce: () => 'n', site: async () => undefined })
  ask = async (sql) => {
    const response = await app.request(`http://localhost/query?sql=${encodeURIComponent(sql)}`, {
      headers: { host: 'localhost' },
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
})
afterAll(() => desk.close())
afterAll(() => athena.restore())
afterEach(() => athena.reset())

const page = (from: number, count: number, text = (i: number) => String(i)) => ({
  ResultSet: {
    ResultSetMetadata: { ColumnInfo: [{ Name: 'x', Type: 'bigint' }] },
    Rows: [
      ...(from === 0 ? [{ Data: [{ VarCharValue: 'x' }] }] : []),
      ...Array.from({ length: count }, (_, i) => ({ Data: [{ VarCharValue: text(from + i) }] })),
    ],
  },
})

const succeeding = () => {
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' })
  athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status: { State: 'SUCCEEDED' } } })
}
const started = () => athena.commandCalls(StartQueryExecutionCommand).map(({ args }) => args[0].input.QueryString)

describe('a statement of today', () => {
  it('is answered by Athena, and the rows end at the limit', async () => {
    succeeding()
    athena
      .on(GetQueryResultsCommand)
      .resolvesOnce({ ...page(0, 999), NextToken: 'a' })
      .resolvesOnce({ ...page(999, 1000), NextToken: 'b' })
      .rejects(new Error('a third page was asked for'))
    const sql = 'select session as x from sessions'
    const { status, body } = await ask(sql)
    expect({ status, started: started() }).toEqual({ status: 200, started: [sql] })
    expect(body).toMatchObject({ is_cut: true, sql, columns: ['x'] })
    expect(body.rows).toHaveLength(1500)
    expect((body.rows as unknown[]).at(-1)).toEqual({ x: 1499 })
  })

  it('is refused where its answer has more bytes than allowed', async () => {
    succeeding()
    athena.on(GetQueryResultsCommand).resolves(page(0, 900, () => '1'.repeat(500)))
    expect(await ask('select session as x from sessions')).toEqual({
      status: 400,
      body: { error: expect.stringMatching(/larger than 100000 bytes/) },
    })
  })

  it('is cancelled there after the limit of time', async () => {
    athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' })
    athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status: { State: 'RUNNING' } } })
    athena.on(StopQueryExecutionCommand).resolves({})
    expect(await ask('select session from sessions')).toEqual({
      status: 400,
      body: { error: expect.stringMatching(/no answer within 1 s, so it was cancelled/) },
    })
    expect(athena.commandCalls(StopQueryExecutionCommand)).toHaveLength(1)
  })

  it.each([
    "unload (select 1) to 's3://bucket/out' with (format = 'PARQUET')",
    "unload (select * from daily_bars) to 's3://bucket/out' with (format = 'CSV')",
    'create table x as select 1',
    'insert into daily_bars select * from daily_bars',
    'drop table daily_bars',
    'msck repair table daily_bars',
    "alter table daily_bars set location 's3://bucket/out'",
    'vacuum daily_bars',
    'optimize daily_bars rewrite data using bin_pack',
    'select * from "other".daily_bars',
    'select * from awsdatacatalog.precursor.daily_bars',
    'select * from "daily_bars$partitions"',
    'select * from system.metadata.catalogs',
    "select * from table(system.query(query => 'select 1'))",
    "using external function f(x varchar) returns varchar lambda 'f' select f('x')",
    'execute x',
    "prepare x from unload (select 1) to 's3://bucket/out' with (format = 'CSV')",
    // The embedded parser nests comments, has texts between dollars, and escapes in texts. Athena has none of them.
    'select 1 /* /* */ from other.secrets -- */',
    "select $$ ' $$ from other.secrets --'",
    "select e'\\' from other.secrets --'",
    ...forbidden,
  ])('is never sent to Athena: %s', async (sql) => {
    const { status, body } = await ask(sql)
    expect({ status, started: started() }).toEqual({ status: 400, started: [] })
    expect(body.error).toEqual(expect.any(String))
  })
})

describe('an assistant', () => {
  it('gets the answer of Athena with its SQL, and no label unless it asks for one', async () => {
    succeeding()
    athena.on(GetQueryResultsCommand).resolves(page(0, 2))
    const [ours, theirs] = InMemoryTransport.createLinkedPair()
    const client = new Client({ name: 'test', version: '1.0.0' })
    await Promise.all([mcpServer(desk).connect(ours), client.connect(theirs)])
    const call = async (sql: string) => {
      const { content } = await client.callTool({ name: 'query', arguments: { sql } })
      return (content as unknown as [{ text: string }])[0].text
    }
    expect(JSON.parse(await call('select session as x from sessions'))).toMatchObject({
      rows: [{ x: 0 }, { x: 1 }],
      sql: 'select session as x from sessions',
      as_of: expect.stringMatching(/Z$/),
    })
    expect(await call('select * from label_forward_drawdown')).toMatch(/no table or view/)
    expect(started()).toHaveLength(1)
    await client.close()
  })
})
