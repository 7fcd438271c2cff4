/** The template: permissions, schedules, retention, the catalog and the site. */
import { BlockList } from 'node:net'
import { runInNewContext } from 'node:vm'
import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { admitting } from '../../infra/admitted.ts'
import { otherFunctions } from '../../infra/entry.ts'
import { settingsOf } from '../../infra/settings.ts'
import { PrecursorStack } from '../../infra/stack.ts'
import { datasets } from '../../pipeline/check/datasets.ts'
import { computations } from '../../pipeline/compute/compute.ts'
import { parseRunRequest } from '../../pipeline/runs/request.ts'
import { steps } from '../../pipeline/runs/steps.ts'
import { queries } from '../../schemas/queries/index.ts'
import { tables } from '../../schemas/tables/index.ts'
import { renderView } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { sources } from '../../sources/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: a template has no type of its own
type Resource = { Properties: Record<string, any>; DependsOn?: string | string[]; DeletionPolicy?: string }
type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown }

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value])
const megabyte = 1_000_000

const lines = (text: string) => text.split('\n').map((line) => line.trimStart())
/** Characters of a managed policy. */
const longestPolicy = 6_144

describe('the template', () => {
  let stack: PrecursorStack
  let template: Template
  const all = (type: string): [string, Resource][] => Object.entries(template.findResources(type)) as never
  /** Statements of the policies of a role, in one text each; a bucket is `lake`. */
  const statementsOf = (role: string): Statement[] =>
    // Statements that do not fit into the policy of a role overflow into a managed one.
    [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')]
      .filter(([, { Properties }]) => Properties.Roles?.some((each: { Ref: string }) => each.Ref === role))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
  const spelled = (resource: unknown): string =>
    JSON.stringify(resource)
      .replace(/\{"Fn::Join":\["",\[(.*?)\]\]\}/g, '$1')
      .replace(/\{"Fn::GetAtt":\["(\w+)","Arn"\]\}/g, '$1')
      .replace(/[",]/g, '')
  /** Statements that allow a function an action. */
  const statementsFor = (functionId: string, action: string): Statement[] => {
    const role = template.toJSON().Resources[functionId].Properties.Role['Fn::GetAtt'][0]
    return statementsOf(role).filter(({ Action }) => list(Action).includes(action))
  }
  /** Key patterns of the lake on which a function is allowed an action. */
  const keysFor = (functionId: string, action: string): string[] =>
    statementsFor(functionId, action)
      .flatMap(({ Resource }) => list(Resource))
      .map((resource) => spelled(resource).replace(/^Lake\w+?\//, ''))
      .sort()
  const functionOf = (pattern: RegExp): string => {
    const found = all('AWS::Lambda::Function').filter(([id]) => pattern.test(id))
    expect(found).toHaveLength(1)
    return found[0]![0]
  }

  beforeAll(() => {
    const app = new App({ context: { alarmEmail: 'desk@example.com', architecture: 'x86_64' } })
    stack = new PrecursorStack(app, 'Precursor', settingsOf(app.node))
    template = Template.fromStack(stack)
  })

  it('has no finding of cdk-nag that is not explained', () => {
    const report = new AwsSolutionsChecks().validateScope(stack)
    const found = report.violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    expect(found).toEqual([])
  })

  it('stays within the size that CloudFormation takes', () => {
    expect(Buffer.byteLength(JSON.stringify(template.toJSON()))).toBeLessThan(0.94 * megabyte)
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(450)
  })

  describe('the lake', () => {
    it('is encrypted, private, versioned and retained; old versions and query results expire', () => {
      const [[, bucket]] = all('AWS::S3::Bucket') as [[string, Resource]]
      expect(bucket.DeletionPolicy).toBe('Retain')
      expect(bucket.Properties).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      })
      const rules = bucket.Properties.LifecycleConfiguration.Rules
      expect(rules).toContainEqual(expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }))
      expect(rules).toContainEqual(expect.objectContaining({ Prefix: 'athena-results/', ExpirationInDays: 7 }))
      expect(rules).toContainEqual(expect.objectContaining({ Prefix: 'unfinished/', ExpirationInDays: 1 }))
    })

    it('refuses unconditional writes under silver/ and mart/, and anything without TLS', () => {
      const [[, policy]] = all('AWS::S3::BucketPolicy') as [[string, Resource]]
      const statements: Statement[] = policy.Properties.PolicyDocument.Statement
      const conditional = statements.find(({ Action }) => Action === 's3:PutObject')!
      expect(conditional).toMatchObject({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Condition: {
          Null: { 's3:if-match': 'true', 's3:if-none-match': 'true' },
          Bool: { 's3:ObjectCreationOperation': 'true' },
        },
      })
      expect(list(conditional.Resource).map((each) => spelled(each).replace(/^Lake\w+?\//, ''))).toEqual([
        'silver/*',
        'mart/*',
      ])
      expect(statements).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      )
    })
  })

  describe('a function', () => {
    it('has the defaults of the project', () => {
      const functions = all('AWS::Lambda::Function')
      expect(functions).toHaveLength(sources.length + steps.length + otherFunctions.length)
      for (const [id, { Properties }] of functions) {
        expect(Properties, id).toMatchObject({
          Runtime: 'nodejs24.x',
          TracingConfig: { Mode: 'Active' },
          DeadLetterConfig: { TargetArn: expect.anything() },
          LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.anything() },
        })
        expect(Properties.Timeout).toBeLessThanOrEqual(900)
      }
      for (const [id, { Properties }] of all('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays, id).toBe(30)
    })

    it('writes only its own prefixes', () => {
      expect(keysFor(functionOf(/^Functionscboevolatility.*Function/), 's3:PutObject')).toEqual([
        'bronze/cboe_volatility/*',
        'silver/payloads/*',
        'silver/rejected_rows/*',
        'silver/volatility_indices/*',
        'written/silver/payloads/*',
        'written/silver/rejected_rows/*',
        'written/silver/volatility_indices/*',
      ])
      expect(keysFor(functionOf(/^Functionspublish.*Function/), 's3:PutObject')).toEqual(
        [
          'athena-results/*',
          'silver/dictionary/*',
          'state/dictionary.json',
          'written/silver/dictionary/*',
          ...views
            .filter(({ mart }) => mart)
            .flatMap(({ name }) => [
              `mart/${name}/data.parquet`,
              `state/mart_${name}.json`,
              `written/mart/${name}/data.parquet`,
            ]),
        ].sort(),
      )
      expect(keysFor(functionOf(/^FunctionsLateness.*Function/), 's3:PutObject')).toEqual([])
      expect(keysFor(functionOf(/^FunctionsAnnounce.*Function/), 's3:PutObject')).toEqual([])
      expect(keysFor(functionOf(/^FunctionsEndRun.*Function/), 's3:PutObject')).toEqual([
        'silver/runs/*',
        'written/silver/runs/*',
      ])
    })

    it('queries Athena only to publish, in the workgroup and on the tables and views that the marts read', () => {
      const publish = functionOf(/^Functionspublish.*Function/)
      for (const [id] of all('AWS::Lambda::Function'))
        expect(statementsFor(id, 'athena:StartQueryExecution'), id).toHaveLength(id === publish ? 1 : 0)
      const [statement] = statementsFor(publish, 'glue:GetTable')
      const named = JSON.stringify(statement!.Resource)
      expect(named).toContain('table/precursor/crash_precursors_stored')
      expect(named).toContain('table/precursor/precursor_percentiles')
      expect(named).not.toMatch(/table\/precursor\/(\*|label_)/)
    })

    it('reads its own secret only, and only if it has one', () => {
      const readers = all('AWS::Lambda::Function').flatMap(([id]) =>
        keysFor(id, 'ssm:GetParameter').map(
          (arn) => `${id.replace(/^Functions|Function\w+$/g, '')} ${arn.replace(/^.*parameter/, '')}`,
        ),
      )
      const withSecret = sources.flatMap(({ name, secret }) =>
        secret ? [`${name.replaceAll('_', '')} /Precursor/keys/${secret.name}`] : [],
      )
      expect(readers.sort()).toEqual(withSecret.sort())
    })

    it('is never allowed every action, nor anything on every resource but to trace, to log and to list', () => {
      for (const [id, { Properties }] of [...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')]) {
        for (const { Action, Resource } of Properties.PolicyDocument.Statement as Statement[]) {
          for (const action of list(Action)) expect(action, id).not.toContain('*')
          if (list(Resource).includes('*'))
            expect(
              list(Action).every((action) => /^((xray|logs):|athena:List)/.test(action)),
              id,
            ).toBe(true)
        }
      }
    })
  })

  describe('the schedules', () => {
    it('are in New York time, never in the hour that daylight saving skips or repeats', () => {
      const schedules = all('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties)
      expect(schedules.map((each) => each.ScheduleExpressionTimezone)).toEqual(schedules.map(() => 'America/New_York'))
      expect(schedules.map((each) => each.ScheduleExpression).sort()).toEqual([
        'cron(1,31 9-17 ? * MON-FRI *)',
        'cron(30 18 ? * MON-FRI *)',
        'cron(30 20 * * ? *)',
        'cron(31 8 ? * MON-FRI *)',
      ])
      for (const { ScheduleExpression } of schedules)
        expect(Number(/^cron\(\S+ (\d+)/.exec(ScheduleExpression)![1])).toBeGreaterThan(3)
    })

    it('send run requests that the plan accepts, and leave starts that fail in the queue', () => {
      const targets = all('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties.Target)
      for (const target of targets) expect(target.DeadLetterConfig).toBeDefined()
      const requests = targets.flatMap(({ Input }) => (Input ? [JSON.parse(Input)] : []))
      for (const request of requests) expect(parseRunRequest(request)).toEqual(request)
      expect(requests).toContainEqual({ schedule: 'evening' })
      expect(requests.filter(({ schedule }) => schedule === 'releases')).toHaveLength(2)
    })
  })

  describe('the catalog', () => {
    const tablesOf = (type: string) =>
      new Map(
        all('AWS::Glue::Table')
          .filter(([, { Properties }]) => Properties.TableInput.TableType === type)
          .map(([id, resource]) => [resource.Properties.TableInput.Name as string, { id, ...resource }]),
      )

    const byYear = {
      key: { Name: 'year', Type: 'int' },
      projection: {
        'projection.year.type': 'integer',
        'projection.year.range': expect.stringMatching(/^19\d\d,2027$/),
      },
    }
    const bySession = {
      key: { Name: 'session', Type: 'date' },
      projection: {
        'projection.session.type': 'date',
        'projection.session.format': 'yyyy-MM-dd',
        'projection.session.range': '2020-01-01,2027-12-31',
      },
    }

    it('has every table, by year or session, with the meaning of its columns', () => {
      const external = tablesOf('EXTERNAL_TABLE')
      for (const table of tables) {
        const { TableInput } = external.get(table.name)!.Properties
        const { key, projection } = table.partition === 'session' ? bySession : byYear
        expect(TableInput.PartitionKeys).toMatchObject([key])
        expect(TableInput.Parameters).toMatchObject({ 'projection.enabled': 'true', ...projection })
        expect(spelled(TableInput.Parameters['storage.location.template'])).toContain(
          `/silver/${table.name}/${key.Name}=\${${key.Name}}/`,
        )
        const columns = TableInput.StorageDescriptor.Columns as { Name: string; Comment: string }[]
        expect(columns.map(({ Name }) => Name)).toEqual(Object.keys(table.columns).filter((name) => name !== key.Name))
        expect(columns.every(({ Comment }) => Comment.length > 0 && Comment.length <= 255)).toBe(true)
      }
    })

    it('has every view with its owner and types, created after the relations that it reads', () => {
      const found = tablesOf('VIRTUAL_VIEW')
      expect([...found.keys()].sort()).toEqual(views.map(({ name }) => name).sort())
      const external = tablesOf('EXTERNAL_TABLE')
      for (const view of views) {
        const { Properties, DependsOn } = found.get(view.name)!
        const { TableInput } = Properties
        expect(TableInput.Owner).toBe('hadoop')
        expect(TableInput.Description).toBeUndefined()
        expect(TableInput.Parameters).toEqual({ presto_view: 'true', comment: 'Presto View' })
        const [, [before, encoded, after]] = TableInput.ViewOriginalText['Fn::Join']
        expect([before, after]).toEqual(['/* Presto View: ', ' */'])
        const definition = JSON.parse(encoded['Fn::Base64'])
        expect(definition).toMatchObject({ catalog: 'awsdatacatalog', schema: 'precursor', comment: view.doc })
        expect(definition.columns.map(({ name }: { name: string }) => name)).toEqual(Object.keys(view.columns))
        const comments = TableInput.StorageDescriptor.Columns.map(({ Comment }: { Comment?: string }) => Comment)
        expect(comments.every((each?: string) => each && each.length <= 255)).toBe(true)
        const under = view.materialized ? [`${view.name}_stored`] : view.sql.reads.map(({ name }) => name)
        if (view.materialized) expect(definition.originalSql).toContain(`from ${view.name}_stored`)
        else expect(lines(definition.originalSql)).toEqual(lines(renderView(view)))
        const ids = under.map((name) => (found.get(name) ?? external.get(name))!.id)
        expect(list(DependsOn ?? []), view.name).toEqual(expect.arrayContaining(ids))
      }
    })

    it('enforces the settings of the workgroup', () => {
      template.hasResourceProperties('AWS::Athena::WorkGroup', {
        WorkGroupConfiguration: {
          EnforceWorkGroupConfiguration: true,
          BytesScannedCutoffPerQuery: 1024 ** 3,
          EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
          ResultConfiguration: {
            EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
            OutputLocation: Match.anyValue(),
          },
        },
      })
      const saved = all('AWS::Athena::NamedQuery').map(([, { Properties }]) => Properties.Name)
      expect(saved.sort()).toEqual(queries.map(({ name }) => name).sort())
    })
  })

  describe('readers', () => {
    it.each([
      ['Analysts', ['athena-results/*', 'lake.json', 'mart/*', 'silver/*'], ['athena-results/*']],
      ['Bi', ['athena-results/*', 'lake.json', 'mart/*'], ['athena-results/*']],
    ])('%s read %j and write %j', (name, read, written) => {
      const [[, policy]] = all('AWS::IAM::ManagedPolicy').filter(([id]) => id.startsWith(`Readers${name}`)) as [
        [string, Resource],
      ]
      const keys = (action: string) =>
        (policy.Properties.PolicyDocument.Statement as Statement[])
          .filter(({ Action }) => list(Action).includes(action))
          .flatMap(({ Resource }) => list(Resource).map((each) => spelled(each).replace(/^Lake\w+?\//, '')))
          .sort()
      expect(keys('s3:GetObject')).toEqual(read)
      expect(keys('s3:PutObject')).toEqual(written)
      const actions = policy.Properties.PolicyDocument.Statement.flatMap(({ Action }: Statement) =>
        list(Action),
      ) as string[]
      expect(actions.filter((action) => /:(Put|Delete|Create|Update)/.test(action))).toEqual(['s3:PutObject'])
    })
  })

  describe('the policy of whoever computes with Athena', () => {
    const statements = (): Statement[] => {
      const [[, policy]] = all('AWS::IAM::ManagedPolicy').filter(([id]) => id.startsWith('Computing')) as [
        [string, Resource],
      ]
      return policy.Properties.PolicyDocument.Statement
    }
    const keys = (action: string) =>
      statements()
        .filter(({ Action }) => list(Action).includes(action))
        .flatMap(({ Resource }) => list(Resource).map((each) => spelled(each).replace(/^Lake\w+?\//, '')))

    it('replaces computed results, their notes and the run log, and writes and removes unfinished files', () => {
      const results = [...computations.map(({ into }) => into.name), 'runs'].map((name) => `silver/${name}/*`)
      const notes = ['state/*', 'written/silver/*']
      expect(keys('s3:PutObject').sort()).toEqual([...results, ...notes, 'athena-results/*', 'unfinished/*'].sort())
      expect(keys('s3:DeleteObject')).toEqual(['unfinished/*'])
      expect(keys('s3:GetObject').filter((each) => /bronze|mart/.test(each))).toEqual([])
    })

    it('may have no more characters than IAM allows, whatever the names of a deployment', () => {
      // The names of bucket, region and account stand for references of about the same length.
      expect(JSON.stringify(statements()).length).toBeLessThan(longestPolicy)
    })
  })

  describe('operations', () => {
    it('have an alarm for every dataset, and send each alarm to the topic', () => {
      const alarms = all('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties)
      const late = alarms.filter(({ MetricName }) => MetricName === 'SessionsBehind')
      expect(late.map(({ Dimensions }) => Dimensions[0].Value).sort()).toEqual(
        datasets.map(({ source, table }) => `${source} ${table}`).sort(),
      )
      for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }])
      expect(alarms.map(({ MetricName }) => MetricName)).toEqual(
        expect.arrayContaining([
          'ExecutionsFailed',
          'ExecutionsTimedOut',
          'ApproximateNumberOfMessagesVisible',
          'DatasetCount',
        ]),
      )
    })

    it('may publish to the topic: the alarms and the budget of this account', () => {
      const [[, policy]] = all('AWS::SNS::TopicPolicy') as [[string, Resource]]
      expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      )
    })

    it('have a budget that notifies the same topic', () => {
      template.hasResourceProperties('AWS::Budgets::Budget', {
        Budget: { BudgetLimit: { Amount: 5, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
        NotificationsWithSubscribers: Match.arrayWith([
          Match.objectLike({ Subscribers: [{ SubscriptionType: 'SNS', Address: Match.anyValue() }] }),
        ]),
      })
    })
  })
})

describe('the template with a site', () => {
  const readers = '203.0.113.0/24,2001:db8:7::/48'
  const stackWith = (context: Readonly<Record<string, string>>) => {
    const app = new App({ context: { architecture: 'x86_64', ...context } })
    const stack = new PrecursorStack(app, 'Precursor', settingsOf(app.node))
    return { stack, template: Template.fromStack(stack) }
  }
  type Resources = Record<string, Resource & { Type: string }>
  const resourcesOf = (template: Template) => template.toJSON().Resources as Resources
  let stack: PrecursorStack
  let resources: Resources
  let without: Resources
  const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type)
  const ofSite = (type: string) =>
    Object.entries(resources).flatMap(([id, each]) => (each.Type === type && id.startsWith('Site') ? [each] : []))
  const only = <T>(found: readonly T[]): T => {
    expect(found).toHaveLength(1)
    return found[0]!
  }

  beforeAll(() => {
    const made = stackWith({ site: 'true', siteReaders: readers })
    stack = made.stack
    resources = resourcesOf(made.template)
    without = resourcesOf(stackWith({}).template)
  })

  it('has nothing of it unless it is wanted, and adds to the other resources only', () => {
    expect(JSON.stringify(without)).not.toMatch(/cloudfront|PRECURSOR_SITE/i)
    const shared = Object.keys(without).filter((id) => !/^(EveningMachine|OperationsDashboard)/.test(id))
    for (const id of shared) expect(resources[id], id).toEqual(without[id])
  })

  it('has no finding of cdk-nag that is not explained, and stays within the size that CloudFormation takes', () => {
    const report = new AwsSolutionsChecks().validateScope(stack)
    expect(report.violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources])).toEqual([])
    expect(Buffer.byteLength(JSON.stringify(resources))).toBeLessThan(0.96 * megabyte)
  })

  it('has a private bucket that CloudFront alone may read, with origin access control', () => {
    const bucket = only(ofSite('AWS::S3::Bucket'))
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    })
    expect(bucket.Properties.WebsiteConfiguration).toBeUndefined()
    const statements: Statement[] = only(ofSite('AWS::S3::BucketPolicy')).Properties.PolicyDocument.Statement
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ])
    expect(only(ofType('AWS::CloudFront::OriginAccessControl')).Properties.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    })
    const [origin] = only(ofType('AWS::CloudFront::Distribution')).Properties.DistributionConfig.Origins
    expect(origin.OriginAccessControlId).toBeDefined()
    expect(origin.S3OriginConfig.OriginAccessIdentity).toBe('')
  })

  it('is read by HTTPS, and only after the function has admitted the reader', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = only(ofType('AWS::CloudFront::Distribution')).Properties
      .DistributionConfig
    expect(CacheBehaviors).toBeUndefined()
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https')
    expect(DefaultCacheBehavior.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }])
    expect(only(ofType('AWS::CloudFront::Function')).Properties).toMatchObject({
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      FunctionCode: admitting(readers.split(',')),
    })
  })

  it('is published by a function that writes pages and nothing else, and reads no bronze', () => {
    const lambda = only(ofSite('AWS::Lambda::Function'))
    const role = lambda.Properties.Role['Fn::GetAtt'][0]
    const statements = Object.values(resources)
      .filter(({ Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type))
      .filter(({ Properties }) => Properties.Roles?.some((each: { Ref: string }) => each.Ref === role))
      .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
    const resourcesFor = (action: string) =>
      statements
        .filter(({ Action }) => list(Action).includes(action))
        .flatMap(({ Resource }) => list(Resource).map((each) => JSON.stringify(each)))
    const pages = /SitePages/
    for (const each of resourcesFor('s3:PutObject')) expect(each).toMatch(pages)
    expect(resourcesFor('s3:PutObject')).toHaveLength(1)
    const read = resourcesFor('s3:GetObject')
    expect(read.filter((each) => pages.test(each))).toEqual([expect.stringContaining('/site.json')])
    expect(read.filter((each) => /bronze|\/\*"$/.test(each) && !/silver|mart|state/.test(each))).toEqual([])
    const actions = new Set(statements.flatMap(({ Action }) => list(Action)))
    const known = /^(s3:(GetObject|PutObject|ListBucket)|xray:\w+|logs:\w+|sqs:SendMessage)$/
    expect([...actions].filter((action) => !known.test(action))).toEqual([])
  })

  it('is published after the message of the evening; a failure makes the run one that failed in part', () => {
    const machine = only(ofType('AWS::StepFunctions::StateMachine'))
    const text = JSON.stringify(machine.Properties.DefinitionString)
    const state = /\\"Publish site\\":\{\\"Next\\":\\"([^\\]+)\\"/.exec(text)
    expect(state?.[1]).toBe('All landed?')
    expect(text).toMatch(/\\"Send message\\":\{\\"Next\\":\\"Publish site\\"/)
    expect(text).toContain('the site was not published')
  })

  it.each([
    [{ site: 'true' }, /siteReaders "".*203\.0\.113\.0\/24/],
    [{ site: 'true', siteReaders: '203.0.113.0/33' }, /siteReaders "203\.0\.113\.0\/33"/],
    [{ site: 'true', siteReaders: 'desk.example.com' }, /siteReaders "desk\.example\.com"/],
    [{ scanLimit: '0.5' }, /scanLimit 0\.5: expected whole gibibytes/],
    [{ site: 'yes' }, /site yes: expected true or false/],
    [{ siteReaders: '203.0.113.0/24' }, /add -c site=true/],
  ])('refuses %j', (context, message) => {
    expect(() => settingsOf(new App({ context: context as Record<string, string> }).node)).toThrow(message)
  })
})

describe('the function that admits readers', () => {
  const admits = (ranges: readonly string[], ip: string): boolean => {
    const handler = runInNewContext(`${admitting(ranges)}\nhandler`)
    const request = { uri: '/index.html' }
    const answer = handler({ viewer: { ip }, request })
    if (answer === request) return true
    expect(answer).toMatchObject({ statusCode: 403 })
    return false
  }

  it.each([
    ['203.0.113.0/24', '203.0.113.200', true],
    ['203.0.113.0/24', '203.0.114.1', false],
    ['203.0.113.128/25', '203.0.113.127', false],
    ['203.0.113.7/32', '203.0.113.7', true],
    ['203.0.113.7/32', '203.0.113.8', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '8.8.8.8', false],
    ['2001:db8:7::/48', '2001:db8:7:1::5', true],
    ['2001:db8:7::/48', '2001:db8:8::5', false],
    ['2001:db8::1/128', '2001:0db8:0000:0000:0000:0000:0000:0001', true],
    ['fe80::/10', 'febf::', true],
    ['fe80::/10', 'fec0::', false],
  ])('of %s: %s is admitted: %s', (range, ip, expected) => {
    expect(admits([range], ip)).toBe(expected)
    expect(admits(['192.0.2.1/32', range], ip)).toBe(expected)
  })

  it('agrees with the list of blocks of Node on any address and range', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(address, address, fc.nat(128), (base, ip, length) => {
        const family = (text: string) => (text.includes(':') ? 'ipv6' : 'ipv4')
        const prefix = family(base) === 'ipv4' ? length % 33 : length
        // fast-check also writes the last two groups of IPv6 as IPv4, which CloudFront does not.
        fc.pre(![base, ip].some((text) => text.includes(':') && text.includes('.')))
        const list = new BlockList()
        list.addSubnet(base, prefix, family(base))
        expect(admits([`${base}/${prefix}`], ip)).toBe(family(base) === family(ip) && list.check(ip, family(ip)))
      }),
    )
  })

  it('fits into the size that CloudFront takes, with the most ranges', () => {
    const longest = Array.from({ length: 50 }, (_, i) => `2001:0db8:aaaa:bbbb:cccc:dddd:eeee:${1000 + i}/128`)
    expect(Buffer.byteLength(admitting(longest))).toBeLessThan(10_240)
  })
})
