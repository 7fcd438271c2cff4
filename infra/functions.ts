/** The functions: one that plans, one per source, one per step, and those that end a run, announce it and measure lateness. */
import * as iam from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { sampleMark } from '../core/sample-mark.ts'
import { readsOf } from '../evening/gather.ts'
import { messageParts } from '../evening/message/message.ts'
import { datasets } from '../pipeline/check/datasets.ts'
import { bronzePrefix } from '../pipeline/ingest/bronze.ts'
import { planReads } from '../pipeline/runs/plan.ts'
import { objectsOf } from '../pipeline/runs/step.ts'
import { steps } from '../pipeline/runs/steps.ts'
import { closures } from '../schemas/tables/closures.ts'
import { declaredLastSessions } from '../schemas/tables/declared_last_sessions.ts'
import { payloads } from '../schemas/tables/payloads.ts'
import { rejectedRows } from '../schemas/tables/rejected_rows.ts'
import { runs } from '../schemas/tables/runs.ts'
import { sessions } from '../schemas/tables/sessions.ts'
import { lastSessions } from '../schemas/views/meta/last_sessions.ts'
import { watchedRelations } from '../schemas/watched.ts'
import { sources } from '../sources/index.ts'
import type { Source } from '../sources/source.ts'
import type { Catalog } from './catalog.ts'
import { parameterArn } from './parameters.ts'
import { PipelineFunction, type Shared } from './pipeline-function.ts'
import { times } from './settings.ts'

export class Functions extends Construct {
  readonly prepare: PipelineFunction
  readonly endRun: PipelineFunction
  readonly announce: PipelineFunction
  readonly lateness: PipelineFunction
  readonly ingest: ReadonlyMap<string, PipelineFunction>
  readonly steps: ReadonlyMap<string, PipelineFunction>

  constructor(
    scope: Construct,
    id: string,
    shared: Shared,
    /** SSM path of the keys of sources. */
    private readonly keys: string,
    catalog: Catalog,
  ) {
    super(scope, id)
    this.prepare = new PipelineFunction(this, 'Prepare', shared, {
      entry: 'prepare',
      doc: 'Turns a run request into a plan: which sources, for which days.',
      reads: planReads,
      writes: [sessions, closures, declaredLastSessions].map(objectsOf),
      minutes: 5,
      asksSources: true,
      environment: { PRECURSOR_KEYS: keys },
    })
    this.ingest = new Map(sources.map((source) => [source.name, this.ingestOf(source, shared)]))
    this.steps = new Map(
      steps.map(({ name, doc, reads, writes, memory, isDistributed }) => [
        name,
        new PipelineFunction(this, name, shared, {
          entry: name,
          doc,
          reads,
          writes,
          ...(memory ? { memory } : {}),
          ...(isDistributed ? { queries: catalog } : {}),
        }),
      ]),
    )
    this.endRun = new PipelineFunction(this, 'EndRun', shared, {
      entry: 'end-run',
      doc: 'Writes the steps of an execution to the run log.',
      reads: [],
      writes: [objectsOf(runs)],
      minutes: 5,
    })
    this.announce = new PipelineFunction(this, 'Announce', shared, {
      entry: 'announce',
      doc: 'Writes the message of an evening: lit signals, changes, catalysts of the session and releases that are due.',
      reads: readsOf(messageParts),
      // The message of a sample says that it is a sample.
      readsKeys: [sampleMark],
      writes: [],
      minutes: 5,
      environment: { PRECURSOR_WATCH: JSON.stringify(shared.settings.watch) },
    })
    this.lateness = new PipelineFunction(this, 'Lateness', shared, {
      entry: 'lateness',
      doc: 'Counts how many sessions each dataset is behind.',
      reads: [...watchedRelations, lastSessions],
      writes: [],
      minutes: 5,
      environment: { PRECURSOR_EVENING_RUN: times.eveningRun, PRECURSOR_DATASETS: JSON.stringify(datasets) },
    })
  }

  private ingestOf(source: Source, shared: Shared) {
    const landed = [...source.tables, payloads, rejectedRows]
    const made = new PipelineFunction(this, source.name, shared, {
      entry: 'ingest',
      doc: `Fetches and lands ${source.name}.`,
      reads: source.tables,
      writes: [bronzePrefix(source.name), ...landed.map(objectsOf)],
      asksSources: true,
      environment: { PRECURSOR_SOURCE: source.name, PRECURSOR_KEYS: this.keys },
    })
    if (source.secret) made.lambda.addToRolePolicy(mayRead(this, `${this.keys}/${source.secret.name}`))
    return made
  }
}

/** Read access to one parameter. SecureStrings under the key `aws/ssm` need no further grant. */
const mayRead = (scope: Construct, path: string) =>
  new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameterArn(scope, path)] })
