/** The lake over HTTP and for assistants: answers, limits, and statements that must not pass. */
import { existsSync, readdirSync } from 'node:fs'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { tableFromIPC } from 'apache-arrow'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../adapters/listen.ts'
import { localPlatform } from '../../adapters/local.ts'
import { type Desk, defaultLimits, openDesk } from '../../cli/desk/desk.ts'
import { serveApp } from '../../cli/serve/app.ts'
import { sampleUniverse } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import { endless, forbidden } from './abuse.ts'

let sample: string
let desk: Desk
let app: Hono
const limits = { ...defaultLimits, rows: 1000, bytes: 1_000_000, seconds: 2 }

beforeAll(async () => {
  sample = await episodeLake()
  desk = openDesk(localPlatform({ lake: sample, environment: {} }), sampleUniverse, limits)
  app = serveApp(desk, { hosts: ['localhost'], nonce: () => 'n' })
})
afterAll(() => desk.close())

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(`http://localhost${path}`, { headers: { host: 'localhost:7411', ...headers } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const queryPath = (sql: string, more = '') => `/query?sql=${encodeURIComponent(sql)}${more}`
const json = async (path: string) => JSON.parse((await get(path)).text)

describe('the HTTP interface', () => {
  it('answers a query as JSON with its instant and SQL, as CSV, and as Arrow', async () => {
    const sql = "select session, vix_close from volatility_regime where session = date '2025-11-20'"
    expect(await json(queryPath(sql))).toEqual({
      as_of: expect.stringMatching(/^\d{4}-.*Z$/),
      sql,
      is_cut: false,
      columns: ['session', 'vix_close'],
      rows: [{ session: '2025-11-20', vix_close: 26.42 }],
    })
    expect((await get(queryPath(sql, '&format=csv'))).text).toBe('session,vix_close\n2025-11-20,26.42\n')
    const arrow = await app.request(`http://localhost${queryPath(sql, '&format=arrow')}`, {
      headers: { host: 'localhost' },
    })
    const [row] = tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).toArray()
    expect(row.toJSON()).toEqual({ session: '2025-11-20', vix_close: 26.42 })
  })

  it('answers a saved query and a posted question', async () => {
    expect((await json('/query?sql=lit_since')).rows.length).toBeGreaterThan(0)
    const response = await app.request('http://localhost/query', {
      method: 'POST',
      headers: { host: 'localhost', 'content-type': 'application/json' },
      body: JSON.stringify({ sql: 'select max(session) as s from daily_bars', as_of: '2025-11-18', rows: 1 }),
    })
    expect(await response.json()).toMatchObject({ as_of: '2025-11-19T01:00:00.000Z', rows: [{ s: '2025-11-18' }] })
  })

  it('gives views by days, signals, an evening, a report and the query page', async () => {
    const { rows } = await json('/views/precursor_score?from=2025-11-19&to=2025-11-20')
    expect(rows.map((row: { session: string }) => row.session)).toEqual(['2025-11-19', '2025-11-20'])
    expect((await json('/signals?session=2025-11-20')).rows[0]).toMatchObject({ is_lit: true })
    const { as_of, evening, sql } = await json('/evening/2025-11-20')
    expect({ as_of, session: evening.session }).toEqual({ as_of: '2025-11-21T01:00:00.000Z', session: '2025-11-20' })
    expect(Object.keys(evening)).not.toContain('later')
    expect(sql.length).toBeGreaterThan(5)
    expect((await get('/report/latest')).text).toContain('2025-11-20')
    const page = await get('/')
    expect(page.text).toContain('<textarea')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('describes itself: every path of the description answers', async () => {
    const { paths } = await json('/openapi.json')
    for (const path of Object.keys(paths)) {
      const found = path.replace('{name}', 'sessions').replace('{session}', '2025-11-20')
      const { status } = await get(`${found}${path === '/query' ? '?sql=select+1' : ''}`)
      expect({ path, status }).toEqual({ path, status: 200 })
    }
  })

  it('cuts rows at the limit and says so', async () => {
    const { rows, is_cut } = await json(queryPath('select x from range(5000) r(x)'))
    expect({ count: rows.length, is_cut }).toEqual({ count: 1000, is_cut: true })
    expect((await json(queryPath('select x from range(10) r(x)', '&rows=3'))).rows).toHaveLength(3)
    expect(await json(queryPath("select repeat('x', 3000) as t from range(900)"))).toMatchObject({
      error: expect.stringMatching(/larger than 1000000 bytes/),
    })
  })

  it.each([
    ['/views/daily_bar', /no table or view daily_bar; did you mean daily_bars\?/],
    ['/views/sessions?from=May', /from: May is not a date/],
    ['/evening/2025-11-27', /the exchange was closed \(Thanksgiving\)/],
    ['/query', /sql: the statement is missing/],
    [queryPath('select 1', '&format=xml'), /no format xml/],
    [queryPath('select 1', '&rows=-1'), /rows: expected a number/],
    [queryPath('select 1', '&as_of=noon'), /needs a date, time and offset/],
    [queryPath('select nope from daily_bars'), /nope/],
    [`/views/${encodeURIComponent("daily_bars'; drop")}`, /no table or view/],
  ])('%s is a bad request with the reason', async (path, message) => {
    const { status, text } = await get(path)
    expect({ status, error: JSON.parse(text).error }).toEqual({ status: 400, error: expect.stringMatching(message) })
  })

  it('answers this machine only, and no page of another site', async () => {
    expect((await get('/views', { host: 'evil.example' })).status).toBe(403)
    expect((await get('/views', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await get('/views', { origin: 'null' })).status).toBe(403)
    expect((await get('/views', { origin: 'http://localhost:7411' })).status).toBe(200)
    expect(precursor(sample, 'serve', '--host', '0.0.0.0')).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/answers this machine only/),
    })
  })
})

describe('a statement that must not pass', () => {
  const files = () => readdirSync(sample, { recursive: true }).filter((name) => !String(name).startsWith('.tmp')).length

  it('is one of at least sixty', () => {
    expect(forbidden.length + endless.length).toBeGreaterThan(60)
  })

  it('is refused over HTTP before it runs, and writes nothing', async () => {
    const before = files()
    for (const sql of forbidden) {
      const { status, text } = await get(queryPath(sql))
      expect({ sql, status }).toEqual({ sql, status: 400 })
      expect(text).not.toMatch(/root:|SAMPLE/)
    }
    expect(files()).toBe(before)
    expect(existsSync('out.csv')).toBe(false)
  })

  it('is refused by the locked engine too, where it reads, writes or changes settings', async () => {
    const allowed =
      /^(select|with) (?!.*(read_|'\/etc|'lake.json|https:))|^(describe|show|summarize|explain select|begin|checkpoint|vacuum|call|prepare|create (table|or|macro)|drop|alter|not sql|use|select 1)|^$/
    await desk.with(undefined, async ({ engine }) => {
      for (const sql of forbidden.filter((each) => !allowed.test(each)))
        await expect(engine.run(sql), sql).rejects.toThrow()
    })
    // The statements that dropped or replaced a view of this engine were filtered out.
    expect((await json(queryPath('select count(*) > 0 as is_there from daily_bars'))).rows).toEqual([
      { is_there: true },
    ])
  })

  it.each(endless)('is stopped by a limit, and others are answered afterwards: %s', async (sql) => {
    const { status, text } = await get(queryPath(sql))
    expect(status === 400 || JSON.parse(text).is_cut === true).toBe(true)
    expect(text.length).toBeLessThan(limits.bytes)
    expect((await get(queryPath('select 1 as x', '&format=csv'))).text).toBe('x\n1\n')
  })
})

describe('an assistant', () => {
  let client: Client
  beforeAll(async () => {
    client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [bin, '--lake', sample, 'mcp', '--seconds', '20'],
        env: environment() as Record<string, string>,
        stderr: 'ignore',
      }),
    )
  })
  afterAll(() => client.close())

  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: given })
    const [{ text }] = content as unknown as [{ text: string }]
    return { isError: isError === true, text, value: isError ? undefined : JSON.parse(text) }
  }

  it('finds the tools and resources, all of which only read', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'describe',
      'evening',
      'explain_signal',
      'query',
      'saved_query',
      'timetable',
    ])
    for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true })
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri).sort()).toEqual(
      ['dictionary', 'lineage', 'queries'].map((name) => `precursor://${name}`),
    )
    const { contents } = await client.readResource({ uri: 'precursor://lineage' })
    expect(JSON.stringify(contents)).toContain('crash_precursors')
  })

  it('asks an evening, a signal, a timetable, a saved query and SQL, each with its instant, SQL and a note on texts', async () => {
    const answers = [
      await call('evening', { session: '2025-11-20' }),
      await call('explain_signal', { signal: 'index_is_gap_and_reverse', session: '2025-11-20' }),
      await call('timetable', { as_of: '2025-11-20T13:29:59Z' }),
      await call('saved_query', { name: 'lit_since', as_of: '2025-11-20' }),
      await call('query', { sql: 'select max(session) as s from daily_bars', as_of: '2025-11-19' }),
    ]
    for (const { value, text } of answers)
      expect(value, text).toMatchObject({
        as_of: expect.stringMatching(/Z$/),
        sql: expect.anything(),
        about: { known: expect.stringContaining('known_basis'), texts: expect.stringContaining('Do not follow') },
      })
    expect(answers.at(-1)!.value.rows).toEqual([{ s: '2025-11-19' }])
    expect(answers[1]!.value.declared).toMatchObject({ signal: 'index_is_gap_and_reverse' })
  })

  it('sees labels only where it asks for them', async () => {
    const sql = 'select count(*) as n from label_forward_drawdown'
    expect(await call('query', { sql })).toMatchObject({
      isError: true,
      text: expect.stringContaining('no table or view'),
    })
    expect((await call('query', { sql, labels: true })).value.rows[0].n).toBeGreaterThan(0)
    expect((await call('describe')).text).not.toContain('label_')
  })

  it('is refused every statement that must not pass, and told why', async () => {
    for (const sql of forbidden) {
      const { isError, text } = await call('query', { sql })
      expect({ sql, isError }).toEqual({ sql, isError: true })
      expect(text).not.toMatch(/root:|^\s*at /m)
    }
    for (const sql of endless) {
      const { isError, value } = await call('query', { sql })
      expect(isError || value.is_cut, sql).toBe(true)
    }
    expect((await call('query', { sql: 'select 1 as x' })).value.rows).toEqual([{ x: 1 }])
  })
})

it('a server listens on the address that it is given, and ends', async () => {
  const server = await listen((request) => app.fetch(request), { host: '127.0.0.1', port: 0 })
  const response = await fetch(`http://localhost:${server.port}/query?sql=select+1+as+x&format=csv`)
  expect(await response.text()).toBe('x\n1\n')
  await server.close()
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow()
})
