/** What reaches a function: how large it is, what is in it, how long and how much its first call takes. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zlibSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, bundle } from '../../infra/bundle.ts'
import { engineFolder } from '../../infra/engine-layer.ts'

const kilobyte = 1000
const megabyte = 1000 * kilobyte

/** Budgets of the code alone, zipped, without the layer that holds the engine. */
const budgets = {
  prepare: 700,
  ingest: 700,
  tag: 360,
  compute: 410,
  check: 330,
  publish: 460,
  'end-run': 320,
  announce: 420,
  lateness: 340,
} as const
type Entry = keyof typeof budgets
const entries = Object.keys(budgets) as Entry[]

/** Nobody but those that ask sources carries what reads their formats; nobody at all carries the desk. */
const ofSources =
  /node_modules\/(ical\.js|read-excel-file|html-to-text|node-html-parser|csv-parse|zod|p-retry|p-throttle|@aws-sdk\/client-ssm)\/|^sources\//
const ofTheDesk =
  /node_modules\/(commander|cli-table3|cli-progress|pino|write-excel-file|proper-lockfile|@aws-sdk\/client-sfn)\/|^samples\/|^pipeline\/(cli|evaluate)\/|local-store/

describe('a bundle', () => {
  const bundles = new Map<Entry, Bundle>()
  const universe = fileURLToPath(new URL('../../samples/universe.json', import.meta.url))
  const inputsOf = (entry: Entry) =>
    Object.values(bundles.get(entry)!.metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    )

  beforeAll(() => {
    for (const entry of entries) bundles.set(entry, bundle(entry, universe))
  }, 60_000)

  it.each(entries)('%s is within its size', (entry) => {
    const code = readFileSync(join(bundles.get(entry)!.folder, 'index.mjs'))
    expect(zlibSync(code).length).toBeLessThan(budgets[entry] * kilobyte)
  })

  it.each(entries)('%s carries nothing of the desk, and no Athena but to publish', (entry) => {
    expect(inputsOf(entry).filter((path) => ofTheDesk.test(path))).toEqual([])
    expect(inputsOf(entry).some((path) => path.includes('@aws-sdk/client-athena'))).toBe(entry === 'publish')
  })

  it.each(entries.filter((entry) => !['prepare', 'ingest'].includes(entry)))(
    '%s carries nothing that reads sources',
    (entry) => {
      expect(inputsOf(entry).filter((path) => ofSources.test(path))).toEqual([])
    },
  )

  it('has its source map outside', () => {
    for (const entry of entries) {
      const code = readFileSync(join(bundles.get(entry)!.folder, 'index.mjs'), 'utf8')
      expect(code).not.toMatch(/sourceMappingURL/)
    }
  })

  it('fits, with the layer, what Lambda takes unzipped', () => {
    const { stdout } = spawnSync('du', ['-sb', engineFolder('x86_64')], { encoding: 'utf8' })
    expect(Number(stdout.split('\t')[0])).toBeLessThan(100 * megabyte)
  })

  const startedAt = '2025-11-20T23:30:00Z'
  /** What every function takes from its event. */
  const event = {
    session: '2025-11-20',
    request: {},
    plan: { verb: 'run', session: '2025-11-20' },
    execution: 'test',
    startedAt,
    steps: [{ step: 'ingest', startedAt, outcomes: [] }],
  }

  /** A process of its own, as a cold start is: loads the handler, opens the engine, and says what it took. */
  const firstCall = (entry: Entry) => {
    const folder = bundles.get(entry)!.folder
    const script = `
      const started = performance.now()
      const { handler } = await import(${JSON.stringify(`file://${join(folder, 'index.mjs')}`)})
      const loaded = performance.now() - started
      const context = { getRemainingTimeInMillis: () => 60_000, functionName: ${JSON.stringify(entry)} }
      const refused = await handler(${JSON.stringify(event)}, context).then(JSON.stringify, String)
      console.error(JSON.stringify({ loaded, called: performance.now() - started, peak: process.resourceUsage().maxRSS / 1024, refused }))`
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        NODE_PATH: join(engineFolder('x86_64'), 'nodejs', 'node_modules'),
        LAMBDA_TASK_ROOT: folder,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        AWS_MAX_ATTEMPTS: '1',
        POWERTOOLS_TRACE_ENABLED: 'false',
        PRECURSOR_BUCKET: 'lake',
        PRECURSOR_KEYS: '/Precursor/keys',
        PRECURSOR_MEMORY: '512MB',
        PRECURSOR_SOURCE: 'cboe_volatility',
        PRECURSOR_EVENING_RUN: '18:30',
        PRECURSOR_DATASETS: '[]',
        PRECURSOR_WATCH: '{"language":"en","levels":{}}',
        PRECURSOR_DATABASE: 'precursor',
        PRECURSOR_WORKGROUP: 'Precursor',
      },
    })
    const line = stderr.split('\n').findLast((each) => each.startsWith('{"loaded"'))
    if (!line) throw new Error(stderr)
    return JSON.parse(line) as { loaded: number; called: number; peak: number; refused: string }
  }

  it.each(entries)('%s starts within its memory, up to its first request of the bucket', (entry) => {
    const { called, peak, refused } = firstCall(entry)
    // It came as far as the bucket: the engine was loaded from the layer and opened.
    expect(refused).toMatch(/ECONNREFUSED|connect/i)
    expect(peak).toBeLessThan(350)
    expect(called).toBeLessThan(10_000)
    console.info(`${entry}: first call ${Math.round(called)} ms, peak ${Math.round(peak)} MiB`)
  })
})
