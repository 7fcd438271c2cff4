/** Shared by all functions: the bucket of their stack, Powertools around the handler, and a lake opened for each call. */
import { Logger } from '@aws-lambda-powertools/logger'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { type AwsOptions, awsPlatform } from '../adapters/aws.ts'
import type { DistributedEngine, Platform, Logger as PlatformLogger } from '../core/platform.ts'
import { printable } from '../core/printable.ts'
import { redactError, redacted } from '../core/secrets.ts'
import type { Universe } from '../core/universe.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { openPart } from '../pipeline/lake/open.ts'
import { partOf, performPart } from '../pipeline/runs/perform.ts'
import type { Step } from '../pipeline/runs/step.ts'
import type { Relation } from '../schemas/view.ts'

const logger = new Logger()
export const metrics = new Metrics()
const tracer = new Tracer()

/** An environment variable that the stack sets. */
export const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the function was not deployed by this project's stack`)
  return value
}

/** A text of a log line: logs are read on terminals too. */
const shown = (text: string): string => printable(redacted(text))

const shownFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(redacted(JSON.stringify(fields)), (_, value) => (typeof value === 'string' ? printable(value) : value))

const log: PlatformLogger = {
  info: (fields, message) => logger.info(shown(message), shownFields(fields)),
  warn: (fields, message) => logger.warn(shown(message), shownFields(fields)),
}

/** What a function needs to ask sources. The steps after ingestion have neither. */
export interface Outside {
  readonly network: NonNullable<AwsOptions['network']>
  readonly universe: (platform: Platform) => Promise<Universe>
}

/** A handler that works on a lake with only the relations that it reads. */
export const onLake = <Event, Result>(
  relations: readonly Relation[],
  work: (lake: Lake, event: Event, context: Context) => Promise<Result>,
  { outside, distributed }: { outside?: Outside; distributed?: DistributedEngine } = {},
) =>
  middy(async (event: Event, context: Context): Promise<Result> => {
    const network = outside ? { network: outside.network } : {}
    const engine = distributed ? { distributed } : {}
    const platform = awsPlatform({ bucket: setting('PRECURSOR_BUCKET'), log, ...network, ...engine })
    const universe = (await outside?.universe(platform)) ?? followingNothing
    const lake = await openPart(platform, universe, relations, { memory: setting('PRECURSOR_MEMORY') })
    try {
      return await work(lake, event, context)
    } catch (error) {
      // Lambda logs what is thrown, and Step Functions shows it as the cause.
      throw redactError(error)
    } finally {
      await lake.close()
    }
  })
    .use(captureLambdaHandler(tracer))
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))

const followingNothing: Universe = {
  etfs: [],
  stocks: [],
  indices: [],
  minuteBars: [],
  tiingo: [],
  volatilityIndices: [],
  funds: [],
  holdings: [],
  optionChains: [],
  putCallRatios: false,
  symbolVolumes: false,
  filers: [],
  lastSessions: {},
  creditSeries: [],
  releases: [],
  contact: '',
}

/** A handler that performs one step of a run. */
export const performing = (step: Step, distributed?: DistributedEngine) => {
  const work = (lake: Lake, { session }: { session: string }) => performPart(lake, partOf(step, session))
  return onLake(step.reads, work, distributed ? { distributed } : {})
}
