/** The grants of queries: one workgroup, some tables of the catalog, and results under their prefix. */
import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Catalog } from './catalog.ts'
import { resultsPrefix } from './lake-bucket.ts'

export const allow = (sid: string, actions: string[], resources: string[]) =>
  new iam.PolicyStatement({ sid, actions, resources })

export const arnIn = (scope: Construct, service: string, resource: string, resourceName?: string) =>
  Stack.of(scope).formatArn({ service, resource, ...(resourceName ? { resourceName } : {}) })

/** `tables` are names in the catalog, or a pattern of them. */
export const queryGrants = (
  scope: Construct,
  lake: s3.Bucket,
  { database, workgroup }: Catalog,
  tables: readonly string[],
): iam.PolicyStatement[] => [
  allow(
    'Query',
    [
      'athena:GetWorkGroup',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
    ],
    [arnIn(scope, 'athena', 'workgroup', workgroup)],
  ),
  allow('DataCatalog', ['athena:GetDataCatalog'], [arnIn(scope, 'athena', 'datacatalog', 'AwsDataCatalog')]),
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
    [
      arnIn(scope, 'glue', 'catalog'),
      arnIn(scope, 'glue', 'database', database),
      ...tables.map((table) => arnIn(scope, 'glue', 'table', `${database}/${table}`)),
    ],
  ),
  allow(
    'Results',
    ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    [lake.arnForObjects(`${resultsPrefix}*`)],
  ),
  allow('Bucket', ['s3:ListBucket', 's3:GetBucketLocation'], [lake.bucketArn]),
]
