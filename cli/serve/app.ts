/** The HTTP interface of a lake: read-only, for this machine. */
import { type Context, Hono } from 'hono'
import { messageOf, UsageError } from '../../core/errors.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { report } from '../../evening/html/report.ts'
import { describeRelation, listRelations, savedQueries } from '../desk/describe.ts'
import { BusyError, type Desk, withinBytes } from '../desk/desk.ts'
import { eveningOf } from '../desk/evening.ts'
import { queryIn } from '../query-text.ts'
import { jsonText, responseOf } from './answers.ts'
import { openapi } from './openapi.ts'
import { queryPage } from './page.ts'
import { formatOf, type Given, optionsIn, signalsStatement, sqlIn, viewStatement } from './parameters.ts'

const largestQuestion = 64 * 1024

export interface AppOptions {
  /** Names under which the server may be asked, without the port. */
  readonly hosts: readonly string[]
  readonly nonce: () => string
  /** Answers the Model Context Protocol under /mcp. */
  readonly mcp?: (request: Request) => Promise<Response>
}

const hostOf = (text: string | undefined): string => (text ?? '').replace(/:\d+$/, '').toLowerCase()

/** A page of another site cannot ask this server: neither by its own name for this machine nor from its origin. */
const isFromHere = (context: Context, hosts: readonly string[]): boolean => {
  const origin = context.req.header('origin')
  if (!hosts.includes(hostOf(context.req.header('host')))) return false
  return origin === undefined || (URL.canParse(origin) && hosts.includes(hostOf(new URL(origin).host)))
}

const bodyOfRequest = async (context: Context): Promise<Given> => {
  const text = await context.req.text()
  if (text.length > largestQuestion) throw new UsageError(`the question is larger than ${largestQuestion} bytes`)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given
  } catch {
    // The message below is the same.
  }
  throw new UsageError('the body is not a JSON object')
}

export const serveApp = (desk: Desk, { hosts, nonce, mcp }: AppOptions): Hono => {
  const app = new Hono()
  const json = (value: unknown) =>
    new Response(withinBytes(jsonText(value), desk.limits), { headers: { 'content-type': 'application/json' } })
  const answer = async (statement: string, given: Given): Promise<Response> => {
    const format = formatOf(given)
    return responseOf(await desk.ask(statement, optionsIn(given)), format, desk.limits)
  }

  app.use(async (context, next) => {
    if (!isFromHere(context, hosts)) return context.json({ error: 'this server answers this machine only' }, 403)
    await next()
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    context.header('cache-control', 'no-store')
  })
  app.onError((error, context) => {
    const status = error instanceof UsageError ? 400 : error instanceof BusyError ? 503 : 500
    const isOfStatement =
      /^(Binder|Catalog|Parser|Conversion|Invalid Input|Out of Range|Out of Memory|Permission|Constraint) Error/
    const message = messageOf(error).replace(/^UsageError: /, '')
    return context.json({ error: message }, isOfStatement.test(error.message) ? 400 : status)
  })
  app.notFound((context) => context.json({ error: 'there is no such page: /openapi.json lists them' }, 404))

  app.get('/', async (context) => {
    const own = nonce()
    context.header(
      'content-security-policy',
      `default-src 'none'; script-src 'nonce-${own}'; style-src 'nonce-${own}'; connect-src 'self'`,
    )
    return context.html(queryPage(await desk.with(undefined, ({ platform }) => sampleNoticeOf(platform.store)), own))
  })
  app.get('/openapi.json', () => json(openapi()))
  app.get('/query', (context) => answer(queryIn(sqlIn(context.req.query())), context.req.query()))
  app.post('/query', async (context) => {
    const given = await bodyOfRequest(context)
    return answer(queryIn(sqlIn(given)), given)
  })
  app.get('/views', () => json(listRelations()))
  app.get('/queries', () => json(savedQueries()))
  app.get('/views/:name/columns', (context) => json(describeRelation(context.req.param('name'))))
  app.get('/views/:name', (context) => {
    const given = context.req.query()
    return answer(viewStatement(context.req.param('name'), given), given)
  })
  app.get('/signals', (context) => answer(signalsStatement(context.req.query()), context.req.query()))
  const sessionIn = (context: Context) => {
    const named = context.req.param('session')
    return named === 'latest' ? undefined : named
  }
  app.get('/evening/:session', async (context) => json(await eveningOf(desk, sessionIn(context))))
  app.get('/report/:session', async (context) => {
    const { html } = await desk.with(undefined, (lake) =>
      report(lake, sessionIn(context), { language: 'en', levels: {} }),
    )
    context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    return context.html(html)
  })
  if (mcp) app.all('/mcp', (context) => mcp(context.req.raw))
  return app
}
