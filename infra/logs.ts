/** The log group of a function or a state machine. Entries are kept for a month, and the group is deleted with the stack. */
import { RemovalPolicy } from 'aws-cdk-lib'
import * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

export const monthOfLogs = (scope: Construct): logs.LogGroup =>
  new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
