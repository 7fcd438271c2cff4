/** The bucket of the lake: encrypted, private, versioned and retained. Silver and the marts accept conditional writes only. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { unfinishedPrefix } from '../adapters/athena/unload.ts'
import { explain } from './findings.ts'

export const resultsPrefix = 'athena-results/'
const daysOfOldVersions = 30
const daysOfResults = 7

export class LakeBucket extends s3.Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'old-versions',
          noncurrentVersionExpiration: Duration.days(daysOfOldVersions),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: 'query-results', prefix: resultsPrefix, expiration: Duration.days(daysOfResults) },
        {
          id: 'unfinished',
          prefix: unfinishedPrefix,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    })
    this.addToResourcePolicy(conditionalWritesOnly(this))
    explain(this, 'An access log would cost more than the lake; who needs one has CloudTrail data events.', 'S1')
  }
}

/**
 * Refuses a write that does not say what it replaces. Parts of a multipart upload carry no condition; only the
 * operation that creates the object does. Source: Amazon S3 User Guide, "Enforce conditional writes".
 */
const conditionalWritesOnly = (bucket: s3.Bucket) =>
  new iam.PolicyStatement({
    sid: 'ConditionalWritesOnly',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: ['silver/*', 'mart/*'].map((keys) => bucket.arnForObjects(keys)),
    conditions: {
      Null: { 's3:if-match': 'true', 's3:if-none-match': 'true' },
      Bool: { 's3:ObjectCreationOperation': 'true' },
    },
  })
