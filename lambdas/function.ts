/** What the functions share: the bucket of their stack, Powertools around them, and a lake for each call. */
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
import type { Universe } from '../core/universe.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { openPart } from '../pipeline/lake/open.ts'
import type { StepReport } from '../pipeline/runs/run-log.ts'
import type { Step } from '../pipeline/runs/step.ts'
import type { Relation } from '../schemas/view.ts'

const logger = new Logger()
export const metrics = new Metrics()
const tracer = new Tracer()

/** A value that the stack gives its functions. */
export const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the function was not deployed by this project's stack`)
  return value
}

const log: PlatformLogger = {
  info: (fields, message) => logger.info(message, { ...fields }),
  warn: (fields, message) => logger.warn(message, { ...fields }),
}

/** What a function needs to ask sources; the steps after ingestion have neither. */
export interface Outside {
  readonly network: NonNullable<AwsOptions['network']>
  readonly universe: (platform: Platform) => Promise<Universe>
}

/** A handler that works on the part of the lake that it reads. */
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
  tiingo: [],
  volatilityIndices: [],
  funds: [],
  holdings: [],
  optionChains: [],
  putCallRatios: false,
  filers: [],
  releases: [],
  contact: '',
}

/** A handler that performs one step of an evening. */
export const performing = ({ name, reads, perform }: Step, distributed?: DistributedEngine) => {
  const work = async (lake: Lake, { session }: { session: string }): Promise<StepReport> => {
    const startedAt = lake.platform.now().toISOString()
    return { step: name, startedAt, outcomes: await perform(lake, session) }
  }
  return onLake(reads, work, distributed ? { distributed } : {})
}
