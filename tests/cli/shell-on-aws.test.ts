/** `precursor --aws sql` against an HTTP server that answers as SSM, S3 and Athena do. Real Trino is asked by the tests of the deployment. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { bin, environment } from '../support/precursor.ts'

const deployment = { bucket: 'b', stateMachine: 'm', database: 'precursor', workgroup: 'Precursor', firstYear: 1990 }
const cells = (...values: string[]) => ({ Data: values.map((VarCharValue) => ({ VarCharValue })) })

/** What each operation answers. The query of a table that is not there fails. */
const answers: Readonly<Record<string, (input: { QueryString?: string; QueryExecutionId?: string }) => unknown>> = {
  'AmazonSSM.GetParameter': () => ({ Parameter: { Value: JSON.stringify(deployment) } }),
  'AmazonAthena.StartQueryExecution': ({ QueryString = '' }) => ({
    QueryExecutionId: QueryString.includes('daily_bar ') ? 'bad' : 'good',
  }),
  'AmazonAthena.GetQueryExecution': ({ QueryExecutionId }) => ({
    QueryExecution: {
      Status:
        QueryExecutionId === 'good'
          ? { State: 'SUCCEEDED' }
          : {
              State: 'FAILED',
              StateChangeReason:
                "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.precursor.daily_bar' does not exist",
            },
    },
  }),
  'AmazonAthena.GetQueryResults': () => ({
    ResultSet: {
      Rows: [cells('session', 'score'), cells('2025-11-20', '91.5')],
      ResultSetMetadata: {
        ColumnInfo: [
          { Name: 'session', Type: 'date' },
          { Name: 'score', Type: 'double' },
        ],
      },
    },
  }),
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

it('asks Athena, and shows its answers and errors as those of the local shell', async () => {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const answer = answers[String(request.headers['x-amz-target'])]
    if (!answer) {
      response.writeHead(404, { 'content-type': 'application/xml' })
      return response.end('<Error><Code>NoSuchKey</Code></Error>')
    }
    const input = JSON.parse(await bodyOf(request))
    if (input.QueryString) asked.push(input.QueryString)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(answer(input)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const child = spawn(process.execPath, [bin, '--aws', 'sql'], {
      env: environment({
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'y',
      }),
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.stdin.end(
      '\\timing\n\\format csv\nselect session, score from mart_precursor_score;\nselect * from daily_bar limit 1;\nlit_since\n',
    )
    const [status] = await once(child, 'close')
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(
      /^timing off\nformat csv\nsession,score\n2025-11-20,91\.5\nno table or view daily_bar; did you mean daily_bars\?/,
    )
    expect(asked).toHaveLength(3)
    expect(asked[2]).toContain('precursor_signals')
  } finally {
    server.close()
  }
})
