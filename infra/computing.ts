/** The policy of whoever computes the stored results with Athena from a machine: `precursor --aws compute --engine athena`. */
import { Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { unfinishedPrefix } from '../adapters/athena/unload.ts'
import { writtenKeys } from '../adapters/s3-store.ts'
import { deploymentParameter } from '../core/deployment.ts'
import { sampleMark } from '../core/sample-mark.ts'
import { computations } from '../pipeline/compute/compute.ts'
import { objectsOf } from '../pipeline/runs/step.ts'
import { runs } from '../schemas/tables/runs.ts'
import type { Catalog } from './catalog.ts'
import { explain, onAny, onKeys } from './findings.ts'
import { resultsPrefix } from './lake-bucket.ts'
import { parameterArn } from './parameters.ts'
import { allow, queryGrants } from './query-grants.ts'

/** A policy may have 6,144 characters, so notes and marks have one pattern each. */
const notes = ['state/*', ...writtenKeys(['silver/*'])]

export class Computing extends Construct {
  constructor(scope: Construct, id: string, lake: s3.Bucket, catalog: Catalog) {
    super(scope, id)
    const results = [...computations.map(({ into }) => into), runs].map((each) => `${objectsOf(each)}*`)
    const keys = (...patterns: readonly string[]) => patterns.map((each) => lake.arnForObjects(each))
    const unfinished = `${unfinishedPrefix}*`
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      description: 'Compute the stored results of the lake with Athena.',
      statements: [
        ...queryGrants(this, lake, catalog, ['*']),
        allow('Read', ['s3:GetObject'], keys('silver/*', ...notes, sampleMark)),
        allow('Replace', ['s3:PutObject'], keys(...results, ...notes)),
        // Athena writes the rows of a query with the rights of whoever asks.
        allow(
          'Unfinished',
          ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
          keys(unfinished),
        ),
        allow('Deployment', ['ssm:GetParameter'], [parameterArn(this, deploymentParameter(Stack.of(this).stackName))]),
      ],
    })
    const tables = onAny(`arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${catalog.database}/*`)
    const patterns = ['silver/*', ...notes, ...results, unfinished, `${resultsPrefix}*`].map((each) =>
      onKeys(lake, each),
    )
    explain(policy, 'Tables and objects of this lake, present and to come.', ...new Set(patterns), tables)
  }
}
