/** Operations: alarms on one topic, a dashboard and a budget. */
import { Duration, Stack } from 'aws-cdk-lib'
import * as budgets from 'aws-cdk-lib/aws-budgets'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as sns from 'aws-cdk-lib/aws-sns'
import type * as sqs from 'aws-cdk-lib/aws-sqs'
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct, type IDependable } from 'constructs'
import { nameOf } from '../pipeline/check/dataset.ts'
import { datasets } from '../pipeline/check/datasets.ts'
import { alarmTexts } from './alarm-texts.ts'
import type { Functions } from './functions.ts'
import { metricNamespace } from './pipeline-function.ts'
import type { Settings } from './settings.ts'

const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData

interface OperationsProps {
  readonly machine: StateMachine
  readonly functions: Functions
  readonly deadLetters: sqs.Queue
  readonly topic: sns.Topic
  readonly settings: Settings
}

export class Operations extends Construct {
  private readonly alarms: cloudwatch.Alarm[] = []

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OperationsProps,
  ) {
    super(scope, id)
    const { machine, functions, deadLetters } = props
    const day = Duration.days(1)
    const hour = Duration.hours(1)
    const sum = { statistic: 'Sum', period: hour }

    const behind = datasets.map((dataset) => this.metric('SessionsBehind', 'Maximum', { dataset: nameOf(dataset) }))
    for (const [i, dataset] of datasets.entries())
      this.alarm('late', behind[i]!, `Late-${nameOf(dataset).replace(' ', '-')}`)
    this.alarm('unwatched', this.metric('DatasetCount', 'Maximum'), 'Unwatched', {
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: BREACHING,
    })
    this.alarm('failed', machine.metricFailed(sum), 'RunFailed')
    this.alarm('timed_out', machine.metricTimedOut(sum), 'RunTimedOut')
    this.alarm('lateness_failed', functions.lateness.lambda.metricErrors(sum), 'LatenessFailed')
    this.alarm(
      'dead_letters',
      deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: hour }),
      'DeadLetters',
    )

    const counts = ['RowCount', 'RejectedCount', 'FailedCount'].map((name) => this.metric(name, 'Sum'))
    const each = [functions.prepare, ...functions.steps.values(), functions.endRun, functions.announce].map(
      ({ lambda }) => lambda,
    )
    new cloudwatch.Dashboard(this, 'Dashboard', {
      widgets: [
        [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', width: 24, alarms: this.alarms })],
        [
          new cloudwatch.GraphWidget({
            title: 'Sessions behind',
            left: behind.map((each, i) => each.with({ label: nameOf(datasets[i]!) })),
          }),
          new cloudwatch.GraphWidget({
            title: 'Rows landed and rejected, failures',
            left: [counts[0]!],
            right: counts.slice(1),
          }),
        ],
        [
          new cloudwatch.GraphWidget({
            title: 'Runs',
            left: [machine.metricSucceeded({ period: day }), machine.metricFailed({ period: day })],
            right: [machine.metricTime({ period: day })],
          }),
          new cloudwatch.GraphWidget({
            title: 'Duration of the steps',
            left: each.map((lambda) => lambda.metricDuration({ period: day })),
          }),
        ],
      ],
    })
    this.addBudget(this.allowPublishing())
  }

  private metric(metricName: string, statistic: string, dimensions: Record<string, string> = {}) {
    const service = Stack.of(this).stackName
    return new cloudwatch.Metric({
      namespace: metricNamespace,
      metricName,
      statistic,
      period: Duration.days(1),
      dimensionsMap: { service, ...dimensions },
    })
  }

  /** An alarm at a count of one or more, unless the options say otherwise. */
  private alarm(
    text: keyof typeof alarmTexts,
    metric: cloudwatch.Metric,
    name: string,
    options: Partial<cloudwatch.AlarmProps> = {},
  ) {
    const alarm = new cloudwatch.Alarm(this, name, {
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: NOT_BREACHING,
      alarmDescription: alarmTexts[text].means,
      ...options,
    })
    alarm.addAlarmAction(new SnsAction(this.props.topic))
    this.alarms.push(alarm)
  }

  /** A topic with its own policy accepts no messages of other services unless the policy allows them. */
  private allowPublishing() {
    const { topic } = this.props
    const { policyDependable } = topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AlarmsAndBudget',
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        principals: ['cloudwatch', 'budgets'].map((name) => new iam.ServicePrincipal(`${name}.amazonaws.com`)),
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
    return policyDependable!
  }

  private addBudget(allowed: IDependable) {
    const { topic, settings } = this.props
    const notification = (notificationType: string, threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    })
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${Stack.of(this).stackName}-monthly`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: settings.monthlyBudget, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:project$${Stack.of(this).stackName}`] },
      },
      notificationsWithSubscribers: [notification('ACTUAL', 80), notification('FORECASTED', 100)],
    })
    budget.node.addDependency(allowed)
  }
}
