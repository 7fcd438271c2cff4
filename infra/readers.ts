/** Who may read: analysts everything but the bytes, BI tools the marts. Neither may write anything but query results. */
import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { deploymentParameter } from '../pipeline/deployment.ts'
import { sampleMark } from '../pipeline/sample-mark.ts'
import type { Catalog } from './catalog.ts'
import { explain, onAny, onKeys } from './findings.ts'
import { resultsPrefix } from './lake-bucket.ts'
import { parameterArn } from './parameters.ts'

export class Readers extends Construct {
  constructor(scope: Construct, id: string, lake: s3.Bucket, catalog: Catalog) {
    super(scope, id)
    this.policy('Analysts', 'Query all tables and views of the lake.', lake, catalog, '*', ['silver/*', 'mart/*'])
    this.policy('Bi', 'Query the marts of the lake.', lake, catalog, 'mart_*', ['mart/*'])
  }

  private policy(
    name: string,
    description: string,
    lake: s3.Bucket,
    { database, workgroup }: Catalog,
    tables: string,
    objects: string[],
  ) {
    const arn = (service: string, resource: string, resourceName?: string) =>
      Stack.of(this).formatArn({ service, resource, ...(resourceName ? { resourceName } : {}) })
    const allow = (sid: string, actions: string[], resources: string[]) =>
      new iam.PolicyStatement({ sid, actions, resources })
    const tablesArn = arn('glue', 'table', `${database}/${tables}`)
    const policy = new iam.ManagedPolicy(this, name, {
      description,
      statements: [
        allow(
          'Query',
          [
            'athena:GetWorkGroup',
            'athena:StartQueryExecution',
            'athena:StopQueryExecution',
            'athena:GetQueryExecution',
            'athena:BatchGetQueryExecution',
            'athena:GetQueryResults',
            'athena:GetQueryResultsStream',
            'athena:GetQueryRuntimeStatistics',
            'athena:ListQueryExecutions',
            'athena:ListNamedQueries',
            'athena:GetNamedQuery',
            'athena:BatchGetNamedQuery',
          ],
          [arn('athena', 'workgroup', workgroup)],
        ),
        allow(
          'Catalog',
          [
            'athena:GetDataCatalog',
            'athena:GetDatabase',
            'athena:ListDatabases',
            'athena:GetTableMetadata',
            'athena:ListTableMetadata',
          ],
          [arn('athena', 'datacatalog', 'AwsDataCatalog')],
        ),
        allow('Lists', ['athena:ListDataCatalogs', 'athena:ListWorkGroups', 'athena:ListEngineVersions'], ['*']),
        allow(
          'Tables',
          [
            'glue:GetDatabase',
            'glue:GetDatabases',
            'glue:GetTable',
            'glue:GetTables',
            'glue:GetPartition',
            'glue:GetPartitions',
          ],
          [arn('glue', 'catalog'), arn('glue', 'database', database), tablesArn],
        ),
        allow(
          'Objects',
          ['s3:GetObject'],
          [...objects, sampleMark].map((keys) => lake.arnForObjects(keys)),
        ),
        allow(
          'Results',
          ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
          [lake.arnForObjects(`${resultsPrefix}*`)],
        ),
        allow('Bucket', ['s3:ListBucket', 's3:GetBucketLocation'], [lake.bucketArn]),
        allow('Deployment', ['ssm:GetParameter'], [parameterArn(this, deploymentParameter(Stack.of(this).stackName))]),
      ],
    })
    const keys = [...objects, `${resultsPrefix}*`].map((each) => onKeys(lake, each))
    const names = onAny(`arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${database}/${tables}`)
    explain(
      policy,
      'Tables and objects of this lake, present and to come; results are named by Athena.',
      ...keys,
      names,
    )
    explain(policy, 'Athena lists work groups, catalogs and versions for no particular resource.', onAny())
  }
}
