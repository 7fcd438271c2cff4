/** The HTTP interface of a lake: read-only, for this machine. */

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { chartLibrary } from '../../adapters/chart-library.ts'
import { WorkerError } from '../../adapters/worker-process.ts'
import { UsageError } from '../../core/errors.ts'
import { sampleNoticeOf } from '../../core/sample-mark.ts'
import { report } from '../../evening/html/report.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { describeRelation, listRelations, savedQueries } from '../desk/describe.ts'
import { BusyError, type Desk } from '../desk/desk.ts'
import { eveningOf, eveningRows } from '../desk/evening.ts'
import { statementIn } from '../desk/guard.ts'
import { withinBytes } from '../desk/limits.ts'
import { viewStatement } from '../view-statement.ts'
import { jsonText, reasonOf, responseOf } from './answers.ts'
import { openapi } from './openapi.ts'
import { queryPage } from './page.ts'
import {
  formatOf,
  type Given,
  ofAnswers,
  ofQueries,
  optionsIn,
  requireKnown,
  signalsStatement,
  spanIn,
  sqlIn,
} from './parameters.ts'

const largestQuestion = 64 * 1024

export interface AppOptions {
  /** Names under which the server may be asked, without the port. */
  readonly hosts: readonly string[]
  readonly nonce: () => string
  /** The text of a file of the site. Undefined if it has no such file. */
  readonly site: (lake: Lake, path: string) => Promise<string | undefined>
  /** Answers the Model Context Protocol under /mcp. */
  readonly mcp?: (request: Request) => Promise<Response>
}

/** Bytes of a question that are read although it is too large. */
const mostPassedOver = 64 * 1024 * 1024

/**
 * Refuses a question that is too large. Its rest is read and forgotten up to a limit, because a client that is still sending does not
 * read the answer.
 */
const limitedBody: MiddlewareHandler = async (context, next) => {
  const { raw } = context.req
  if (!raw.body) return next()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of raw.body) {
    size += chunk.length
    if (size <= largestQuestion) chunks.push(chunk)
    else chunks.length = 0
    if (size > mostPassedOver) break
  }
  if (size > largestQuestion)
    return context.json({ error: `the question is larger than ${largestQuestion} bytes` }, 413)
  context.req.raw = new Request(raw, { body: Buffer.concat(chunks) })
  return next()
}

const hostOf = (text: string | undefined): string => (text ?? '').replace(/:\d+$/, '').toLowerCase()

/** A page of another site cannot ask this server: neither by its own name for this machine nor from its origin. */
const isFromHere = (context: Context, hosts: readonly string[]): boolean => {
  const origin = context.req.header('origin')
  if (!hosts.includes(hostOf(context.req.header('host')))) return false
  // A browser says so of a request that another site makes, also where it names no origin.
  if (/^(cross|same)-site$/.test(context.req.header('sec-fetch-site') ?? '')) return false
  return origin === undefined || (URL.canParse(origin) && hosts.includes(hostOf(new URL(origin).host)))
}

const bodyOfRequest = async (context: Context): Promise<Given> => {
  const text = await context.req.text()
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given
  } catch {
    // The message below is the same.
  }
  throw new UsageError('the body is not a JSON object')
}

/** What the engine says of a statement is an error of the statement, unless a file of the lake cannot be read. */
const statusOf = (error: Error): 400 | 500 | 503 => {
  if (error instanceof BusyError) return 503
  const isOfStatement =
    error instanceof WorkerError && error.name !== 'ContractError' && !error.message.startsWith('IO Error')
  return isOfStatement || error instanceof UsageError ? 400 : 500
}

const fileTypes: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

const typeOfFile = (path: string) => `${fileTypes[path.split('.').at(-1)!] ?? 'text/plain'}; charset=utf-8`

/** Refuses a parameter in the address that is not one of these. */
const takes =
  (...names: readonly string[]): MiddlewareHandler =>
  (context, next) => {
    requireKnown(context.req.query(), names)
    return next()
  }

export const serveApp = (desk: Desk, { hosts, nonce, site, mcp }: AppOptions): Hono => {
  const app = new Hono()
  const json = (value: unknown) =>
    new Response(withinBytes(jsonText(value), desk.limits), { headers: { 'content-type': 'application/json' } })
  const answer = async (statement: string, given: Given): Promise<Response> => {
    const format = formatOf(given)
    return responseOf(await desk.ask(statement, optionsIn(given, desk.limits)), format, desk.limits)
  }

  app.use(async (context, next) => {
    if (!isFromHere(context, hosts)) return context.json({ error: 'this server answers this machine only' }, 403)
    await next()
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'no-referrer')
    context.header('cache-control', 'no-store')
  })
  app.use(limitedBody)
  app.onError((error, context) => context.json({ error: reasonOf(error) }, statusOf(error)))
  app.notFound((context) => context.json({ error: 'there is no such page: /openapi.json lists them' }, 404))

  app.get('/', takes(), async (context) => {
    const own = nonce()
    context.header(
      'content-security-policy',
      `default-src 'none'; script-src 'self' 'nonce-${own}'; style-src 'self' 'nonce-${own}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    return context.html(queryPage(await desk.with(({ platform }) => sampleNoticeOf(platform.store)), own))
  })
  app.get('/assets/:name', takes(), async (context) => {
    const [name, type] = context.req.param('name').split('.')
    const { script, style } = await chartLibrary()
    const text = name === 'uplot' ? { js: script, css: style }[type ?? ''] : undefined
    return text ? new Response(text, { headers: { 'content-type': typeOfFile(`.${type}`) } }) : context.notFound()
  })
  app.get('/openapi.json', takes(), () => json(openapi()))
  app.get('/query', takes(...ofQueries), (context) =>
    answer(statementIn(sqlIn(context.req.query())), context.req.query()),
  )
  app.post('/query', takes(), async (context) => {
    const given = await bodyOfRequest(context)
    requireKnown(given, ofQueries)
    return answer(statementIn(sqlIn(given)), given)
  })
  app.get('/views', takes(), () => json(listRelations()))
  app.get('/queries', takes(), () => json(savedQueries()))
  app.get('/views/:name/columns', takes(), (context) => json(describeRelation(context.req.param('name'))))
  app.get('/views/:name', takes('from', 'to', ...ofAnswers), (context) => {
    const given = context.req.query()
    return answer(viewStatement(context.req.param('name'), spanIn(given)), given)
  })
  app.get('/signals', takes('session', ...ofAnswers), (context) =>
    answer(signalsStatement(context.req.query()), context.req.query()),
  )
  const sessionIn = (context: Context) => {
    const named = context.req.param('session')
    return named === 'latest' ? undefined : named
  }
  app.get('/evening/:session', takes('format'), async (context) => {
    const format = formatOf(context.req.query())
    const found = await eveningOf(desk, sessionIn(context))
    return format === 'json' ? json(found) : responseOf(eveningRows(found), format, desk.limits)
  })
  app.get('/report/:session', takes(), async (context) => {
    const { html } = await desk.with((lake) => report(lake, sessionIn(context), { language: 'en', levels: {} }))
    context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    return context.html(html)
  })
  app.get('/site', takes(), (context) => context.redirect('/site/index.html'))
  app.get('/site/', takes(), (context) => context.redirect('/site/index.html'))
  app.get('/site/*', takes(), async (context) => {
    const path = context.req.path.slice('/site/'.length)
    const text = await desk.with((lake) => site(lake, path))
    if (text === undefined) return context.notFound()
    // The pages have a policy of their own.
    return new Response(text, { headers: { 'content-type': typeOfFile(path) } })
  })
  if (mcp) app.all('/mcp', (context) => mcp(context.req.raw))
  return app
}
