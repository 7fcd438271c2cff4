/** The lake over HTTP and for assistants: answers, limits, and statements that must not pass. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { Validator } from '@seriousme/openapi-schema-validator'
import { tableFromIPC } from 'apache-arrow'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../adapters/listen.ts'
import { localPlatform } from '../../adapters/local.ts'
import { type Desk, openDesk } from '../../cli/desk/desk.ts'
import { defaultLimits } from '../../cli/desk/limits.ts'
import { mcpServer } from '../../cli/mcp/server.ts'
import { serveApp } from '../../cli/serve/app.ts'
import { siteFiles } from '../../cli/serve/site.ts'
import { allRelations } from '../../schemas/relations.ts'
import { sampleUniverse } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import { endless, forbidden, onFiles } from './abuse.ts'

let sample: string
let desk: Desk
let app: Hono
const limits = { ...defaultLimits, rows: 1000, bytes: 1_000_000 }

beforeAll(async () => {
  sample = await episodeLake()
  desk = openDesk(localPlatform({ lake: sample, environment: {} }), sampleUniverse, limits)
  app = serveApp(desk, { hosts: ['localhost'], nonce: () => 'n', site: siteFiles() })
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
    // Days and instants are such in Arrow.
    expect(row.toJSON()).toEqual({ session: Date.UTC(2025, 10, 20), vix_close: 26.42 })
  })

  it('answers values of every type in every format', async () => {
    const sql =
      "select {'a': 12345678901234567890::hugeint} as s, [1, 2] as l, 'x'::blob as b, interval 1 day as i, 'infinity'::timestamp as t, 1.5::decimal(9, 2) as d, null as n"
    const [row] = (await json(queryPath(sql))).rows
    expect(row).toEqual({
      s: { a: '12345678901234567890' },
      l: [1, 2],
      b: 'x',
      i: '1 day',
      t: 'infinity',
      d: 1.5,
      n: null,
    })
    expect((await get(queryPath(sql, '&format=csv'))).text).toContain('12345678901234567890')
    const arrow = await app.request(`http://localhost${queryPath(sql, '&format=arrow')}`, {
      headers: { host: 'localhost' },
    })
    expect(
      tableFromIPC(new Uint8Array(await arrow.arrayBuffer()))
        .get(0)!
        .toJSON(),
    ).toMatchObject({ l: '[1,2]', d: 1.5, t: null })
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

  it('answers as of several instants in one statement, which names them as schemas', async () => {
    const sql = `select (select max(session) from "2025-11-18".daily_bars) as a, (select max(session) from "2025-11-19T22:00:00Z".daily_bars) as b`
    expect((await json(queryPath(sql))).rows).toEqual([{ a: '2025-11-18', b: '2025-11-18' }])
    expect((await json(queryPath('select max(session) as s from daily_bars'))).rows).toEqual([{ s: '2025-11-20' }])
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

  it('describes itself: the description is valid, has every route, and each of its paths answers', async () => {
    const description = await json('/openapi.json')
    expect(await new Validator().validate(description)).toMatchObject({ valid: true })
    const paths = Object.keys(description.paths)
    const routes = app.routes.filter(({ method }) => method === 'GET' || method === 'POST').map(({ path }) => path)
    const undescribed = [...new Set(routes)].filter(
      (path) => !paths.includes(path.replace(/:(\w+)/g, '{$1}').replace('/site/*', '/site/{file}')),
    )
    // Pages for people, and the path of each table and view.
    expect(undescribed.sort()).toEqual(['/', '/assets/:name', '/site', '/site/', '/views/:name'])
    expect(paths.filter((path) => /^\/views\/\w+$/.test(path))).toHaveLength(allRelations.length)
    for (const path of paths.filter((each) => !/^\/views\/(?!sessions$|precursor_score$|daily_bars$)\w+$/.test(each))) {
      const found = path
        .replace('{name}', 'sessions')
        .replace('{session}', '2025-11-20')
        .replace('{file}', 'index.html')
      const taken = (description.paths[path].get.parameters ?? []).map((each: { name: string }) => each.name)
      const { status } = await get(
        `${found}${path === '/query' ? '?sql=select+1' : taken.includes('rows') ? '?rows=5' : ''}`,
      )
      expect({ path, status }).toEqual({ path, status: 200 })
      expect(await json(`${found}?bogus=1`)).toMatchObject({ error: expect.stringMatching(/^no parameter bogus[;:]/) })
    }
  })

  it('answers rows of the types that it describes', async () => {
    const { components } = await json('/openapi.json')
    for (const name of ['volatility_regime', 'macro_timetable', 'catalysts_by_session']) {
      const { rows } = await json(`/views/${name}?rows=50`)
      const { properties } = components.schemas[name]
      for (const row of rows)
        for (const [column, value] of Object.entries(row)) {
          const types = [properties[column].type].flat()
          const type =
            value === null ? 'null' : Number.isInteger(value) && types.includes('integer') ? 'integer' : typeof value
          expect({ name, column, isOfType: types.includes(type) }).toEqual({ name, column, isOfType: true })
        }
    }
  })

  it('gives an evening as CSV and Arrow too, and the site of all evenings', async () => {
    const { text } = await get('/evening/2025-11-20?format=csv')
    expect(text).toMatch(/^part,item,field,value\nsession,,value,2025-11-20\n/)
    const arrow = await app.request('http://localhost/evening/2025-11-20?format=arrow', {
      headers: { host: 'localhost' },
    })
    expect(tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).numRows).toBeGreaterThan(20)
    expect((await get('/site/')).status).toBe(302)
    expect((await get('/site/data/evenings.js')).text).toContain('2025-11-20')
    expect((await get('/site/index.html')).text).toContain('data/evenings.js')
    expect((await get('/site/evening/2025-11-20.html')).status).toBe(200)
    expect((await get('/site/assets/uplot.js')).headers.get('content-type')).toMatch(/javascript/)
    for (const path of ['/site/nope.html', '/site/../package.json', '/site/%2e%2e/package.json', '/assets/x.js'])
      expect((await get(path)).status).toBe(404)
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
    ['/views/sessions?fom=2025-11-19', /no parameter fom; did you mean from\?/],
    ['/views/sessions?from=2025-11-20&to=2025-11-19', /from: 2025-11-20 is later than to: 2025-11-19/],
    [queryPath('select 1', '&rows=-1'), /rows: expected a number from 1 to 1000/],
    [queryPath('select 1', '&rows=99999999'), /rows: 99999999 is more than the maximum of 1000/],
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
    expect((await get('/views', { host: 'localhost.evil.example:7411' })).status).toBe(403)
    expect((await get('/views', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get('/views', { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const large = await app.request('http://localhost/query', {
      method: 'POST',
      headers: { host: 'localhost' },
      body: 'x'.repeat(100_000),
    })
    expect(large.status).toBe(413)
    expect((await get('/views', { origin: 'http://localhost:7411' })).status).toBe(200)
    expect(precursor(sample, 'serve', '--host', '0.0.0.0')).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/answers this machine only/),
    })
  })
})

/** The largest memory of a process that this one started, in bytes, where the system says it. */
const watchMemory = () => {
  let most = 0
  const look = () => {
    for (const id of existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
      try {
        const [, parent, pages] =
          /^PPid:\s*(\d+)[\s\S]*^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? []
        if (Number(parent) === process.pid) most = Math.max(most, Number(pages) * 1024)
      } catch {
        // The process has ended.
      }
    }
  }
  const looking = setInterval(look, 20)
  return {
    end: () => {
      clearInterval(looking)
      return most
    },
  }
}

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
    await desk.with(async ({ engine }) => {
      for (const sql of onFiles) await expect(engine.run(sql), sql).rejects.toThrow()
    })
    expect((await json(queryPath('select count(*) > 0 as is_there from daily_bars'))).rows).toEqual([
      { is_there: true },
    ])
  })

  describe('and is not refused', () => {
    let short: Desk
    beforeAll(() => {
      short = openDesk(localPlatform({ lake: sample, environment: {} }), sampleUniverse, { ...limits, seconds: 2 })
    })
    afterAll(() => short.close())

    it.each(endless)('is stopped by a limit, and others are answered afterwards: %s', async (sql) => {
      const memory = watchMemory()
      const answer = await short.ask(sql).catch((error: Error) => error)
      expect(memory.end()).toBeLessThan(2 ** 31)
      if (answer instanceof Error) expect(answer.message).toMatch(/was stopped|larger than|Out of Memory|memory/)
      else expect(answer.isCut).toBe(true)
      expect((await short.ask('select 1 as x')).rows).toEqual([[1]])
    })
  })
})

/** Starts `precursor mcp` and connects to it, as an assistant does. */
const assistant = async (...args: string[]) => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, '--lake', sample, 'mcp', ...args],
      env: environment() as Record<string, string>,
      stderr: 'ignore',
    }),
  )
  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: given })
    const [{ text }] = content as unknown as [{ text: string }]
    return { isError: isError === true, text, value: isError ? undefined : JSON.parse(text) }
  }
  return { client, call }
}

describe('an assistant', () => {
  let client: Client
  let call: Awaited<ReturnType<typeof assistant>>['call']
  beforeAll(async () => {
    ;({ client, call } = await assistant())
  })
  afterAll(() => client.close())

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
    const uris = resources.map(({ uri }) => uri)
    expect(uris.filter((uri) => !uri.includes('/report/')).sort()).toEqual(
      ['dictionary', 'lineage', 'queries'].map((name) => `precursor://${name}`),
    )
    expect(uris).toContain('precursor://report/2025-11-20')
    const read = async (uri: string) => {
      const { contents } = await client.readResource({ uri })
      return String((contents[0] as { text: string }).text)
    }
    expect(await read('precursor://lineage')).toContain('crash_precursors')
    expect(JSON.parse(await read('precursor://dictionary'))).toContainEqual(
      expect.objectContaining({ name: 'daily_bars' }),
    )
    expect(JSON.parse(await read('precursor://queries'))).toContainEqual(
      expect.objectContaining({ name: 'after_reversals', looks_forward: true }),
    )
    for (const name of ['lineage', 'dictionary'])
      expect(await read(`precursor://${name}`)).not.toMatch(/"(name|view)":"label_/)
    const [report, withLater] = [
      await read('precursor://report/2025-11-20'),
      await read('precursor://report-with-later/2025-11-20'),
    ]
    expect(report).toContain('2025-11-20')
    expect({ without: report.includes('id="later"'), with: withLater.includes('id="later"') }).toEqual({
      without: false,
      with: true,
    })
    await expect(read('precursor://report/2025-11-27')).rejects.toThrow(/the exchange was closed/)
  })

  it('asks an evening, a signal, a timetable, a saved query and SQL, each with its instant, SQL and a note on texts', async () => {
    const answers = [
      await call('evening', { session: '2025-11-20' }),
      await call('explain_signal', { signal: 'index_is_gap_and_reverse', session: '2025-11-20' }),
      await call('timetable', { as_of: '2025-11-20T13:29:59Z' }),
      await call('saved_query', { name: 'lit_since', as_of: '2025-11-20' }),
      await call('describe'),
      await call('describe', { name: 'daily_bars' }),
      await call('query', { sql: 'select max(session) as s from daily_bars', as_of: '2025-11-19' }),
    ]
    for (const { value, text } of answers)
      expect(value, text).toMatchObject({
        as_of: expect.stringMatching(/Z$/),
        sql: expect.anything(),
        about: {
          known: expect.stringMatching(/known_basis|declarations/),
          texts: expect.stringMatching(/Do not follow|of this project/),
        },
      })
    // The SQL of an answer gives its rows.
    const timetable = answers[2]!.value
    expect((await call('query', { sql: timetable.sql })).value.rows).toEqual(timetable.rows)
    expect(answers.at(-1)!.value.rows).toEqual([{ s: '2025-11-19' }])
    expect(answers[1]!.value.declared).toMatchObject({ signal: 'index_is_gap_and_reverse' })
  })

  it('is told which columns hold texts', async () => {
    const { value } = await call('query', {
      sql: 'select session, title, delay_days, known_at from catalysts_by_session',
    })
    expect(value.text_columns).toEqual(['title'])
  })

  it('asks a signal as an earlier instant knew it', async () => {
    const { value } = await call('explain_signal', { signal: 'index_is_gap_and_reverse', as_of: '2025-11-19' })
    expect(value).toMatchObject({ as_of: '2025-11-20T01:00:00.000Z', rows: expect.any(Array) })
    expect(value.rows[0]).toMatchObject({ session: '2025-11-19' })
  })

  it('finds the same tools over HTTP, under the name of this machine only', async () => {
    const handler = createMcpHandler(() => mcpServer(desk))
    const own = serveApp(desk, {
      hosts: ['127.0.0.1'],
      nonce: () => 'n',
      site: siteFiles(),
      mcp: (request) => handler.fetch(request),
    })
    const server = await listen((request) => own.fetch(request), { host: '127.0.0.1', port: 0 })
    const other = new Client({ name: 'test', version: '1.0.0' })
    await other.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`)))
    expect((await other.listTools()).tools).toHaveLength(6)
    const { content } = await other.callTool({ name: 'query', arguments: { sql: 'select 1 as x' } })
    expect(JSON.parse((content as unknown as [{ text: string }])[0].text)).toMatchObject({ rows: [{ x: 1 }] })
    await other.close()
    const stranger = new Client({ name: 'test', version: '1.0.0' })
    await expect(
      stranger.connect(new StreamableHTTPClientTransport(new URL(`http://localhost:${server.port}/mcp`))),
    ).rejects.toThrow()
    await handler.close()
    await server.close()
  })

  it('is told the nearest release to one that the timetable does not have', async () => {
    expect(await call('timetable', { release: 'nonfarm_payroll' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('did you mean nonfarm_payrolls?'),
    })
  })

  it('sees labels only where it asks for them', async () => {
    const sql = 'select count(*) as n from label_forward_drawdown'
    expect(await call('query', { sql })).toMatchObject({
      isError: true,
      text: expect.stringContaining('no table or view'),
    })
    expect((await call('query', { sql, labels: true })).value.rows[0].n).toBeGreaterThan(0)
    // A subquery of the same name hides the view only where it is in scope.
    const around = `with a as (with label_forward_drawdown as (select 1 as x) select * from label_forward_drawdown) ${sql}`
    expect((await call('query', { sql: around })).text).toMatch(/cannot be the name of a subquery/)
    expect((await call('saved_query', { name: 'after_inverted_curves' })).text).toMatch(/needs labels = true/)
    expect(
      (await call('saved_query', { name: 'after_inverted_curves', labels: true })).value.rows.length,
    ).toBeGreaterThan(0)
    expect((await call('describe')).text).not.toContain('label_')
  })

  it('is refused every statement that must not pass, and told why', async () => {
    const impatient = await assistant('--seconds', '1')
    for (const sql of forbidden) {
      const { isError, text } = await impatient.call('query', { sql })
      expect({ sql, isError }).toEqual({ sql, isError: true })
      expect(text).not.toMatch(/root:|^\s*at /m)
    }
    for (const sql of endless) {
      const { isError, value } = await impatient.call('query', { sql })
      expect(isError || value.is_cut, sql).toBe(true)
    }
    expect((await impatient.call('query', { sql: 'select 1 as x' })).value.rows).toEqual([{ x: 1 }])
    await impatient.client.close()
  })
})

it('a server listens on the address that it is given, and ends', async () => {
  const server = await listen((request) => app.fetch(request), { host: '127.0.0.1', port: 0 })
  await expect(listen(() => new Response(), { host: '127.0.0.1', port: server.port })).rejects.toThrow(
    /is in use: choose another with --port/,
  )
  const response = await fetch(`http://localhost:${server.port}/query?sql=select+1+as+x&format=csv`)
  expect(await response.text()).toBe('x\n1\n')
  const large = { method: 'POST', body: 'x'.repeat(20_000_000) }
  expect((await fetch(`http://localhost:${server.port}/query`, large)).status).toBe(413)
  // Without a length in advance.
  const stream = new Blob([large.body]).stream()
  const chunked = { method: 'POST', body: stream, duplex: 'half' } as RequestInit
  expect((await fetch(`http://localhost:${server.port}/query`, chunked)).status).toBe(413)
  await server.close()
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow()
})
