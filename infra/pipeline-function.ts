/** A function of the pipeline, with the defaults of the project and exactly the grants that its declaration implies. */
import { Duration, Size } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type * as sqs from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { writtenKeys } from '../adapters/s3-store.ts'
import type { Reach } from '../pipeline/runs/step.ts'
import { objectsOf } from '../pipeline/runs/step.ts'
import { storedName } from '../schemas/catalog.ts'
import { isStored, type View, withAllBelow } from '../schemas/view.ts'
import { bundle } from './bundle.ts'
import type { Catalog } from './catalog.ts'
import { explain, onAny, onKeys } from './findings.ts'
import { resultsPrefix } from './lake-bucket.ts'
import { monthOfLogs } from './logs.ts'
import { queryGrants } from './query-grants.ts'
import type { Settings } from './settings.ts'

/** Settings that all functions of a stack share. */
export interface Shared {
  readonly lake: s3.Bucket
  readonly engine: lambda.ILayerVersion
  readonly deadLetters: sqs.IQueue
  /** Name of the stack: the `service` of its metrics. */
  readonly service: string
  readonly settings: Settings
}

interface PipelineFunctionProps extends Reach {
  /** Keys of single objects that it reads beside those of relations. */
  readonly readsKeys?: readonly string[]
  /** Name of a file of `lambdas/`, or of a step. */
  readonly entry: string
  readonly doc: string
  readonly memory?: number
  readonly minutes?: number
  readonly environment?: Readonly<Record<string, string>>
  /** Whether it asks sources and therefore gets the universe. */
  readonly asksSources?: boolean
  /** Paths of other files that stand beside its code, by their names there. */
  readonly beside?: Readonly<Record<string, string>>
  /** The catalog to query, if Athena answers its queries. */
  readonly queries?: Catalog
}

/** Share of a function's memory that the SQL engine may use. Node and the payloads need the rest. */
const engineShare = 0.5
/**
 * Disk for copies of the objects that a function reads, and of those that it writes: the most that a function can have. The lake of 500
 * symbols and 25 years has 0.9 GB, and a rebuild of its stored results needs three times as much.
 */
const diskGibibytes = 10
const bundled = new Map<string, string>()
/** One asset, bundled once for all functions that use it. */
const bundledOnce = (entry: string, beside: Readonly<Record<string, string>>): string => {
  const key = `${entry} ${JSON.stringify(beside)}`
  const folder = bundled.get(key) ?? bundle(entry, beside).folder
  bundled.set(key, folder)
  return folder
}

export class PipelineFunction extends Construct {
  readonly lambda: lambda.Function

  constructor(scope: Construct, id: string, shared: Shared, props: PipelineFunctionProps) {
    super(scope, id)
    const { entry, doc, memory = 1769, minutes = 15, environment = {}, asksSources = false, queries } = props
    const { settings } = shared
    const folder = bundledOnce(entry, {
      ...(asksSources ? { 'universe.json': settings.universe } : {}),
      ...props.beside,
    })
    const logGroup = monthOfLogs(this)
    this.lambda = new lambda.Function(this, 'Function', {
      description: doc,
      code: lambda.Code.fromAsset(folder),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture[settings.architecture === 'arm64' ? 'ARM_64' : 'X86_64'],
      layers: [shared.engine],
      memorySize: memory,
      ephemeralStorageSize: Size.gibibytes(diskGibibytes),
      timeout: Duration.minutes(minutes),
      tracing: lambda.Tracing.ACTIVE,
      deadLetterQueue: shared.deadLetters,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      role: new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
      environment: {
        PRECURSOR_BUCKET: shared.lake.bucketName,
        PRECURSOR_MEMORY: `${Math.round(memory * engineShare)}MB`,
        POWERTOOLS_SERVICE_NAME: shared.service,
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
        ...(queries ? { PRECURSOR_DATABASE: queries.database, PRECURSOR_WORKGROUP: queries.workgroup } : {}),
        ...environment,
      },
    })
    logGroup.grantWrite(this.lambda)
    this.allowLake(shared.lake, props)
    if (queries) this.allowQueries(shared.lake, queries, props)
  }

  /** Queries on the tables and views that it reads, by their names in the catalog. */
  private allowQueries(lake: s3.Bucket, catalog: Catalog, { reads }: Reach) {
    const relations = withAllBelow(reads)
    const stored = relations.filter((each): each is View => each.kind === 'view' && isStored(each)).map(storedName)
    const tables = [...relations.map(({ name }) => name), ...stored].sort()
    for (const statement of queryGrants(this, lake, catalog, tables)) this.lambda.addToRolePolicy(statement)
    explain(this, 'Athena names the objects with results.', onKeys(lake, `${resultsPrefix}*`))
  }

  /** Listing shows keys only. Objects are read and written where the declaration says so. */
  private allowLake(lake: s3.Bucket, { reads, writes, readsKeys = [] }: PipelineFunctionProps) {
    const stored = withAllBelow(reads).filter(isStored)
    const states = stored.some(({ kind }) => kind === 'view') ? ['state/*'] : []
    const written = writes.map((prefix) => (prefix.endsWith('/') ? `${prefix}*` : prefix))
    const recorded = writtenKeys(written)
    const read = new Set([...stored.map((each) => `${objectsOf(each)}*`), ...states, ...written, ...readsKeys])
    const allow = (actions: string[], resources: string[]) => {
      if (resources.length) this.lambda.addToRolePolicy(new iam.PolicyStatement({ actions, resources }))
    }
    allow(['s3:ListBucket'], [lake.bucketArn])
    allow(
      ['s3:GetObject'],
      [...read].sort().map((keys) => lake.arnForObjects(keys)),
    )
    allow(
      ['s3:PutObject'],
      [...written, ...recorded].map((keys) => lake.arnForObjects(keys)),
    )
    const prefixes = [...read, ...recorded].filter((keys) => keys.endsWith('*')).map((keys) => onKeys(lake, keys))
    explain(this, 'The objects of one table or source: their years and instants are not known in advance.', ...prefixes)
    explain(this, 'X-Ray takes segments for no particular resource.', onAny())
  }
}

export const metricNamespace = 'Precursor'
