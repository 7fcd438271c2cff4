/** The code of each function: its size, its contents, and the processor time and memory of its first call. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zlibSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { libraryFiles } from '../../adapters/chart-library.ts'
import { type Bundle, bundle } from '../../infra/bundle.ts'
import { engineFolder } from '../../infra/engine-layer.ts'
import { otherFunctions, siteFunction } from '../../infra/entry.ts'
import { steps } from '../../pipeline/runs/steps.ts'

const kilobyte = 1000
const megabyte = 1000 * kilobyte

/** Budgets in kilobytes of the code alone, zipped, without the layer that holds the engine. */
const budgets: Readonly<Record<string, number>> = {
  prepare: 700,
  ingest: 700,
  tag: 360,
  compute: 420,
  check: 330,
  publish: 460,
  'end-run': 320,
  announce: 420,
  lateness: 340,
  site: 1000,
}
/** A new step has this budget until it has one of its own above. */
const stepBudget = 460
const entries = ['ingest', siteFunction, ...otherFunctions, ...steps.map(({ name }) => name)]
const distributed = steps.filter(({ isDistributed }) => isDistributed).map(({ name }) => name)

/** The pages of the site name the terms of the sources, whose declarations come with their readers. */
const withSources = ['prepare', 'ingest', siteFunction]
/** Only these functions contain the readers of the formats of sources. No function contains the command line. */
const ofSources =
  /node_modules\/(ical\.js|read-excel-file|html-to-text|node-html-parser|csv-parse|zod|p-retry|p-throttle|@aws-sdk\/client-ssm)\/|^sources\//
const ofTheCommandLine =
  /node_modules\/(commander|cli-table3|cli-progress|pino|write-excel-file|@aws-sdk\/client-sfn)\/|^samples\/|^(cli|evaluate)\/|local-store/

describe('a bundle', () => {
  const bundles = new Map<string, Bundle>()
  const universe = fileURLToPath(new URL('../../samples/universe.json', import.meta.url))
  const besideOf = (entry: string) => (entry === siteFunction ? libraryFiles() : { 'universe.json': universe })
  const inputsOf = (entry: string) =>
    Object.values(bundles.get(entry)!.metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    )

  beforeAll(() => {
    for (const entry of entries) bundles.set(entry, bundle(entry, besideOf(entry)))
  })

  it.each(entries)('%s is within its size', (entry) => {
    const code = readFileSync(join(bundles.get(entry)!.folder, 'index.mjs'))
    expect(zlibSync(code).length).toBeLessThan((budgets[entry] ?? stepBudget) * kilobyte)
  })

  it.each(entries)(
    '%s contains nothing of the command line, and the Athena client only if Athena answers its queries',
    (entry) => {
      expect(inputsOf(entry).filter((path) => ofTheCommandLine.test(path))).toEqual([])
      expect(inputsOf(entry).some((path) => path.includes('@aws-sdk/client-athena'))).toBe(distributed.includes(entry))
    },
  )

  it.each(entries.filter((entry) => !withSources.includes(entry)))(
    '%s contains no reader of source formats',
    (entry) => {
      expect(inputsOf(entry).filter((path) => ofSources.test(path))).toEqual([])
    },
  )

  it('contains no reference to its source map', () => {
    for (const entry of entries) {
      const code = readFileSync(join(bundles.get(entry)!.folder, 'index.mjs'), 'utf8')
      expect(code).not.toMatch(/sourceMappingURL/)
    }
  })

  it('fits with its layer into the unzipped size that Lambda allows', () => {
    const { stdout } = spawnSync('du', ['-sb', engineFolder('x86_64')], { encoding: 'utf8' })
    expect(Number(stdout.split('\t')[0])).toBeLessThan(100 * megabyte)
  })

  const startedAt = '2025-11-20T23:30:00Z'
  /** An event with the fields of every function. */
  const event = {
    session: '2025-11-20',
    request: {},
    verb: 'run',
    execution: 'test',
    startedAt,
    steps: [{ step: 'ingest', startedAt, outcomes: [] }],
  }

  /** A cold start in its own process: loads the handler, opens the engine, and reports processor time and memory. */
  const firstCall = (entry: string) => {
    const folder = bundles.get(entry)!.folder
    const script = `
      const { handler } = await import(${JSON.stringify(`file://${join(folder, 'index.mjs')}`)})
      const context = { getRemainingTimeInMillis: () => 60_000, functionName: ${JSON.stringify(entry)} }
      const refused = await handler(${JSON.stringify(event)}, context).then(JSON.stringify, String)
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
      // On Linux maxRSS is at least what the process that started this one used then.
      const status = await import('node:fs').then(({ readFileSync }) => readFileSync('/proc/self/status', 'utf8')).catch(() => '')
      const peak = Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(status)?.[1] ?? maxRSS) / 1024
      console.error(JSON.stringify({ processor: (userCPUTime + systemCPUTime) / 1000, peak, refused }))`
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
        PRECURSOR_SITE: 'pages',
        PRECURSOR_LANGUAGE: 'en',
        PRECURSOR_WATCH: '{"language":"en","levels":{}}',
        PRECURSOR_DATABASE: 'precursor',
        PRECURSOR_WORKGROUP: 'Precursor',
      },
    })
    const line = stderr.split('\n').findLast((each) => each.startsWith('{"processor"'))
    if (!line) throw new Error(stderr)
    return JSON.parse(line) as { processor: number; peak: number; refused: string }
  }

  it.each(entries)('%s stays within its memory up to its first request to the bucket', (entry) => {
    const { processor, peak, refused } = firstCall(entry)
    // The call reached the bucket, so the engine was loaded from the layer and opened.
    expect(refused).toMatch(/ECONNREFUSED|connect/i)
    expect(peak).toBeLessThan(350)
    // Milliseconds of processor time, which do not depend on what else the machine does.
    expect(processor).toBeLessThan(10_000)
    console.info(`${entry}: first call ${Math.round(processor)} ms of processor time, peak ${Math.round(peak)} MiB`)
  })
})

it.each(steps)('the file of the step $name exports it whole, as its function imports it', async ({ name, doc }) => {
  const { [`${name}Step`]: step } = await import(`../../pipeline/runs/steps/${name}.ts`)
  expect(step).toMatchObject({ name, doc })
})
