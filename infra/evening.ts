/** The state machine: prepare → fetch and land each source → the steps → end of the run → announce → publish the site, if there is one → notify. */
import { Duration, Stack } from 'aws-cdk-lib'
import type * as sns from 'aws-cdk-lib/aws-sns'
import * as sfn from 'aws-cdk-lib/aws-stepfunctions'
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import { explain, onAny, onAnyOf } from './findings.ts'
import type { Functions } from './functions.ts'
import { monthOfLogs } from './logs.ts'
import type { PipelineFunction } from './pipeline-function.ts'

/** Sources that are asked at the same time. Each keeps the rate limit of its provider. */
const sourcesAtOnce = 4

/** Errors of the platform, retried within seconds. */
const platformTrouble = {
  errors: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  interval: Duration.seconds(2),
  maxAttempts: 6,
  backoffRate: 2,
  jitterStrategy: sfn.JitterType.FULL,
}
/** A source that does not answer, retried after minutes. */
const sourceTrouble = {
  errors: ['SourceUnavailableError'],
  interval: Duration.minutes(2),
  maxAttempts: 3,
  backoffRate: 3,
  jitterStrategy: sfn.JitterType.FULL,
}
/** A function that ran out of time or memory, retried once. It reuses the responses already stored. */
const crash = { errors: ['States.TaskFailed'], interval: Duration.seconds(30), maxAttempts: 1 }

/** The outcome of a state that failed. A function reports its error message inside a JSON text. */
const failedOutcome = (subject: string, thrown = '$states.errorOutput') => {
  const cause = `${thrown}.Cause`
  const message = `($contains(${cause}, '"errorMessage"') ? $parse(${cause}).errorMessage : ${cause})`
  return `{"subject": ${subject}, "status": "failed", "rowCount": 0, "rejectedCount": 0, "error": ${thrown}.Error & ": " & ${message}}`
}

const query = (expression: string) => `{% ${expression} %}`

/** Adds a failure after the end of the run to its summary. */
const failedInPart = (what: string) => ({
  assign: {
    summary: query(
      `$merge([$summary, {"status": "failed", "message": $summary.message & "\\n${what}: " & $states.errorOutput.Error & ": " & $states.errorOutput.Cause}])`,
    ),
  },
})

export class Evening extends Construct {
  readonly machine: sfn.StateMachine

  /**
   * @param topic receives failures.
   * @param evenings receives the message of each evening.
   * @param site publishes the site of all evenings, if there is one.
   */
  constructor(
    scope: Construct,
    id: string,
    functions: Functions,
    topic: sns.ITopic,
    evenings: sns.ITopic,
    private readonly site?: PipelineFunction,
  ) {
    super(scope, id)
    this.machine = new sfn.StateMachine(this, 'Machine', {
      comment: 'An evening, a span of sessions, or the releases that are due.',
      definitionBody: sfn.DefinitionBody.fromChainable(this.definition(functions, topic, evenings)),
      queryLanguage: sfn.QueryLanguage.JSONATA,
      timeout: Duration.hours(12),
      tracingEnabled: true,
      logs: { destination: monthOfLogs(this), level: sfn.LogLevel.ALL, includeExecutionData: true },
    })
    for (const { lambda } of functions.ingest.values()) lambda.grantInvoke(this.machine)
    const called = [
      functions.prepare,
      ...functions.ingest.values(),
      ...functions.steps.values(),
      functions.endRun,
      functions.announce,
      ...(site ? [site] : []),
    ]
    explain(
      this,
      'Versions of one function, none of which is published.',
      ...called.map(({ lambda }) => onAnyOf(lambda, ':*')),
    )
    explain(this, 'X-Ray and the delivery of logs take calls for no particular resource.', onAny())
  }

  private definition(functions: Functions, topic: sns.ITopic, evenings: sns.ITopic) {
    const prepare = this.call(
      'Prepare',
      functions.prepare,
      { request: query('$states.input'), startedAt: query('$states.context.Execution.StartTime') },
      {
        plan: query('$states.result.Payload'),
        functions: Object.fromEntries([...functions.ingest].map(([name, each]) => [name, each.lambda.functionArn])),
      },
    )

    const ingest = sfn.Map.jsonata(this, 'Ingest', {
      items: sfn.ProvideItems.jsonata(query('$plan.tasks')),
      maxConcurrency: sourcesAtOnce,
      assign: {
        steps: [
          {
            step: 'ingest',
            startedAt: query('$states.context.Execution.StartTime'),
            outcomes: query('$states.result'),
          },
        ],
      },
    })
    ingest.itemProcessor(this.fetchTask())

    const endRun = this.call(
      'End run',
      functions.endRun,
      {
        verb: query('$plan.verb'),
        session: query('$plan.session'),
        execution: query('$states.context.Execution.Name'),
        startedAt: query('$states.context.Execution.StartTime'),
        steps: query('$steps'),
      },
      { summary: query('$states.result.Payload') },
    ).addRetry(crash)

    const notify = new tasks.SnsPublish(this, 'Notify', {
      queryLanguage: sfn.QueryLanguage.JSONATA,
      topic,
      subject: `${Stack.of(this).stackName}: a run failed in part`,
      message: sfn.TaskInput.fromText(query('$summary.message')),
    })
    notify.addRetry({ maxAttempts: 3 })
    const failed = sfn.Fail.jsonata(this, 'Failed in part', {
      error: 'RunFailedInPart',
      cause: query('$summary.message'),
    })
    const hasFailed = sfn.Choice.jsonata(this, 'All landed?')
      .when(sfn.Condition.jsonata(query("$summary.status = 'failed' and $plan.verb != 'poll'")), notify.next(failed))
      .when(sfn.Condition.jsonata(query("$summary.status = 'failed'")), failed)
      .otherwise(sfn.Succeed.jsonata(this, 'Done'))
    const afterwards = this.site ? this.publication(this.site, hasFailed) : hasFailed
    endRun.next(
      sfn.Choice.jsonata(this, 'An evening?')
        .when(sfn.Condition.jsonata(query("$plan.verb = 'run'")), this.announcement(functions, evenings, afterwards))
        .otherwise(hasFailed),
    )

    let first: sfn.IChainable = endRun
    for (const [name, each] of [...functions.steps].reverse()) {
      const step = this.call(
        name,
        each,
        { session: query('$plan.session') },
        { steps: query('$append($steps, $states.result.Payload)') },
      ).addRetry(crash)
      const outcome = `{"step": "${name}", "startedAt": $states.context.State.EnteredTime, "outcomes": [${failedOutcome(`"${name}"`)}]}`
      step.addCatch(first, { assign: { steps: query(`$append($steps, ${outcome})`) } })
      step.next(first)
      first = step
    }

    const broughtNothing = "$plan.verb = 'poll' and $not(true in $steps[0].outcomes.hasNews)"
    const noneFailed = "$not('failed' in $steps[0].outcomes.status)"
    const hasNews = sfn.Choice.jsonata(this, 'Anything new?')
      .when(
        sfn.Condition.jsonata(query(`${broughtNothing} and ${noneFailed}`)),
        sfn.Succeed.jsonata(this, 'Nothing new'),
      )
      .otherwise(first)
    const isIdle = sfn.Choice.jsonata(this, 'Anything to do?')
      .when(sfn.Condition.jsonata(query('$exists($plan.tasks[0])')), ingest.next(hasNews))
      .otherwise(sfn.Succeed.jsonata(this, 'Idle'))
    return prepare.next(isIdle)
  }

  /** Writes the message of the evening and sends it. If that fails, the run has failed in part. */
  private announcement(functions: Functions, evenings: sns.ITopic, next: sfn.IChainable) {
    const caught = failedInPart('the evening was not announced')
    const announce = this.call(
      'Announce',
      functions.announce,
      { session: query('$plan.session') },
      { announced: query('$states.result.Payload') },
    )
      .addRetry(crash)
      .addCatch(next, caught)
    const send = new tasks.SnsPublish(this, 'Send message', {
      queryLanguage: sfn.QueryLanguage.JSONATA,
      topic: evenings,
      subject: query('$announced.subject'),
      message: sfn.TaskInput.fromText(query('$announced.text')),
    })
    send.addRetry({ maxAttempts: 3 })
    send.addCatch(next, caught)
    return announce.next(send).next(next)
  }

  /** Publishes the pages that changed. If that fails, the run has failed in part. */
  private publication(site: PipelineFunction, next: sfn.IChainable) {
    return this.call('Publish site', site, {}, { published: query('$states.result.Payload') })
      .addRetry(crash)
      .addCatch(next, failedInPart('the site was not published'))
      .next(next)
  }

  /** Calls a function, retries errors of the platform, and assigns its result to variables. */
  private call(id: string, { lambda }: PipelineFunction, payload: object, assign: Record<string, unknown>) {
    return tasks.LambdaInvoke.jsonata(this, id, {
      lambdaFunction: lambda,
      payload: sfn.TaskInput.fromObject(payload),
      retryOnServiceExceptions: false,
      assign,
    }).addRetry(platformTrouble)
  }

  /** One source: fetched and landed in rounds until nothing is left to ask. Its failure becomes an outcome and does not stop the other sources. */
  private fetchTask() {
    const task = sfn.Pass.jsonata(this, 'Fetch task', { assign: { source: query('$states.input.source') } })
    // A caught error is the input of this state.
    const failed = sfn.Pass.jsonata(this, 'Source failed', {
      outputs: query(failedOutcome('$source', '$states.input')),
    })
    const ask = new sfn.CustomState(this, 'Fetch and land', {
      stateJson: {
        Type: 'Task',
        Resource: `arn:${Stack.of(this).partition}:states:::lambda:invoke`,
        Arguments: {
          FunctionName: query('$lookup($functions, $source)'),
          Payload: query('$merge([$states.input, {"since": $plan.since}])'),
        },
        Output: query('$merge([$states.input, {"sofar": $states.result.Payload}])'),
      },
    })
    ask.addRetry(platformTrouble)
    ask.addRetry(sourceTrouble)
    ask.addRetry(crash)
    ask.addCatch(failed)
    const outcome = sfn.Pass.jsonata(this, 'Source landed', { outputs: query('$states.input.sofar') })
    return task.next(ask).next(
      sfn.Choice.jsonata(this, 'All fetched?')
        .when(sfn.Condition.jsonata(query('$states.input.sofar.isPartial')), ask)
        .otherwise(outcome),
    )
  }
}
