/** Schedules in New York time: the evening run, the polls for releases and the lateness check. */
import { Duration, Stack, TimeZone } from 'aws-cdk-lib'
import * as scheduler from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets'
import type * as sqs from 'aws-cdk-lib/aws-sqs'
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import type { RunRequest } from '../pipeline/runs/request.ts'
import { explain, onAnyOf } from './findings.ts'
import type { Functions } from './functions.ts'
import { times } from './settings.ts'

const weekdays = 'MON-FRI'
const at = (time: string) => ({ hour: String(Number(time.slice(0, 2))), minute: String(Number(time.slice(3))) })

export class Schedules extends Construct {
  constructor(scope: Construct, id: string, machine: IStateMachine, functions: Functions, deadLetterQueue: sqs.IQueue) {
    super(scope, id)
    const reliably = { deadLetterQueue, retryAttempts: 10, maxEventAge: Duration.hours(3) }
    const start = (input: RunRequest) =>
      new StepFunctionsStartExecution(machine, { ...reliably, input: scheduler.ScheduleTargetInput.fromObject(input) })
    const on = (
      name: string,
      description: string,
      when: scheduler.CronOptionsWithTimezone,
      target: scheduler.IScheduleTarget,
    ) =>
      new scheduler.Schedule(this, name, {
        description,
        schedule: scheduler.ScheduleExpression.cron({ ...when, timeZone: TimeZone.AMERICA_NEW_YORK }),
        target,
      })

    const evening = start({ schedule: 'evening' })
    on(
      'Evening',
      'The evening run. It does nothing on a day that is not a session.',
      { ...at(times.eveningRun), weekDay: weekdays },
      evening,
    )

    const releases = start({ schedule: 'releases' })
    on(
      'FirstReleases',
      'Polls a minute after the releases of 08:30.',
      { ...at(times.firstReleases), weekDay: weekdays },
      releases,
    )
    on(
      'Releases',
      'Polls through the day until every due release is out.',
      { minute: '1,31', hour: '9-17', weekDay: weekdays },
      releases,
    )

    const lateness = new LambdaInvoke(functions.lateness.lambda, reliably)
    explain(
      Stack.of(this),
      'Versions of one function, none of which is published.',
      onAnyOf(functions.lateness.lambda, ':*'),
    )
    on(
      'Lateness',
      'Counts how late each dataset is, every day, so that a missing count raises an alarm.',
      at(times.lateness),
      lateness,
    )
  }
}
