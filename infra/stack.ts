/** The stack: every resource of a deployment. */
import { CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib'
import * as sns from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import * as sqs from 'aws-cdk-lib/aws-sqs'
import * as ssm from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { deploymentParameter, keysPath } from '../core/deployment.ts'
import { Catalog } from './catalog.ts'
import { Computing } from './computing.ts'
import { EngineLayer } from './engine-layer.ts'
import { Evening } from './evening.ts'
import { Functions } from './functions.ts'
import { LakeBucket } from './lake-bucket.ts'
import { Operations } from './operations.ts'
import { Readers } from './readers.ts'
import { Schedules } from './schedules.ts'
import type { Settings } from './settings.ts'
import { Site } from './site.ts'

export class PrecursorStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props?: StackProps) {
    super(scope, id, { description: 'A point-in-time lake of US-equity crash precursors', ...props })
    Tags.of(this).add('project', this.stackName)

    const lake = new LakeBucket(this, 'Lake')
    const deadLetters = new sqs.Queue(this, 'DeadLetters', { enforceSSL: true, retentionPeriod: Duration.days(14) })
    const topic = new sns.Topic(this, 'Alarms', { displayName: this.stackName, enforceSSL: true })
    if (settings.alarmEmail) topic.addSubscription(new EmailSubscription(settings.alarmEmail))

    const evenings = new sns.Topic(this, 'Evenings', { displayName: `${this.stackName} evenings`, enforceSSL: true })
    if (settings.eveningEmail) evenings.addSubscription(new EmailSubscription(settings.eveningEmail))

    const engine = new EngineLayer(this, 'Engine', settings.architecture)
    const shared = { lake, engine, deadLetters, service: this.stackName, settings }
    const catalog = new Catalog(this, 'Catalog', lake, settings)
    const functions = new Functions(this, 'Functions', shared, keysPath(this.stackName), catalog)
    const site = settings.site ? new Site(this, 'Site', shared, settings.site.readers) : undefined
    const { machine } = new Evening(this, 'Evening', functions, topic, evenings, site?.publish)
    new Schedules(this, 'Schedules', machine, functions, deadLetters)

    new Readers(this, 'Readers', lake, catalog)
    new Computing(this, 'Computing', lake, catalog)
    new Operations(this, 'Operations', { machine, functions, deadLetters, topic, settings })

    const deployment = {
      bucket: lake.bucketName,
      stateMachine: machine.stateMachineArn,
      database: catalog.database,
      workgroup: catalog.workgroup,
      firstYear: settings.firstYear,
    }
    new ssm.StringParameter(this, 'Deployment', {
      parameterName: deploymentParameter(this.stackName),
      description: 'Names that `precursor --aws` looks up.',
      stringValue: this.toJsonString(deployment),
    })
    for (const [name, value] of Object.entries(deployment)) new CfnOutput(this, name, { value: String(value) })
    if (site) new CfnOutput(this, 'siteAddress', { value: site.address })
  }
}
