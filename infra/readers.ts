/** Read access: analysts may read silver and the marts, BI tools the marts. Both may write query results only. */
import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { deploymentParameter } from '../core/deployment.ts'
import { sampleMark } from '../core/sample-mark.ts'
import type { Catalog } from './catalog.ts'
import { explain, onAny, onKeys } from './findings.ts'
import { resultsPrefix } from './lake-bucket.ts'
import { parameterArn } from './parameters.ts'
import { allow, arnIn, queryGrants } from './query-grants.ts'

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
    catalog: Catalog,
    tables: string,
    objects: string[],
  ) {
    const { database, workgroup } = catalog
    const policy = new iam.ManagedPolicy(this, name, {
      description,
      statements: [
        ...queryGrants(this, lake, catalog, [tables]),
        allow(
          'History',
          [
            'athena:BatchGetQueryExecution',
            'athena:GetQueryResultsStream',
            'athena:GetQueryRuntimeStatistics',
            'athena:ListQueryExecutions',
            'athena:ListNamedQueries',
            'athena:GetNamedQuery',
            'athena:BatchGetNamedQuery',
          ],
          [arnIn(this, 'athena', 'workgroup', workgroup)],
        ),
        allow(
          'Catalog',
          ['athena:GetDatabase', 'athena:ListDatabases', 'athena:GetTableMetadata', 'athena:ListTableMetadata'],
          [arnIn(this, 'athena', 'datacatalog', 'AwsDataCatalog')],
        ),
        allow('Lists', ['athena:ListDataCatalogs', 'athena:ListWorkGroups', 'athena:ListEngineVersions'], ['*']),
        allow(
          'Objects',
          ['s3:GetObject'],
          [...objects, sampleMark].map((keys) => lake.arnForObjects(keys)),
        ),
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
