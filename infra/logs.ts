/** The log group of a function or a state machine: kept for a month, gone with the stack. */
import { RemovalPolicy } from 'aws-cdk-lib'
import * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

export const monthOfLogs = (scope: Construct): logs.LogGroup =>
  new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
