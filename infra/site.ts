/** The site of all evenings: a private bucket behind CloudFront, and the function that publishes it. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { libraryFiles } from '../adapters/chart-library.ts'
import { sampleMark } from '../core/sample-mark.ts'
import { siteRelations } from '../evening/site/site.ts'
import { admitting } from './admitted.ts'
import { siteFunction } from './entry.ts'
import { explain, onAnyOf } from './findings.ts'
import { PipelineFunction, type Shared } from './pipeline-function.ts'

export class Site extends Construct {
  readonly publish: PipelineFunction
  /** Address of the first page. */
  readonly address: string

  /** @param readers ranges of the addresses that may read. */
  constructor(scope: Construct, id: string, shared: Shared, readers: readonly string[]) {
    super(scope, id)
    const bucket = new s3.Bucket(this, 'Pages', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    explain(bucket, 'CloudFront alone reads it, and an access log would cost more than the site.', 'S1')
    this.address = `https://${this.distributed(bucket, readers).distributionDomainName}/`
    this.publish = this.publishing(bucket, shared)
  }

  private distributed(bucket: s3.Bucket, readers: readonly string[]) {
    const admit = new cloudfront.Function(this, 'Admit', {
      code: cloudfront.FunctionCode.fromInline(admitting(readers)),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      comment: 'Admits the readers of the site by their address.',
    })
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName}: the site of all evenings`,
      defaultRootObject: 'index.html',
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket as s3.IBucket),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // The objects say that a copy must be compared with the bucket at each reading, so nothing needs to be invalidated.
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
        functionAssociations: [{ function: admit, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      },
    })
    explain(distribution, 'The readers are admitted by their address, whichever country it is in.', 'CFR1')
    explain(distribution, 'A function admits the readers. A web ACL would cost more than the whole deployment.', 'CFR2')
    explain(
      distribution,
      'An access log would cost more than the site. CloudFront counts the requests without it.',
      'CFR3',
    )
    explain(
      distribution,
      'Under its own name CloudFront decides on the versions of TLS; a certificate of another name needs a domain.',
      'CFR4',
    )
    return distribution
  }

  /** It reads what the pages show, and writes nothing but pages. */
  private publishing(bucket: s3.Bucket, shared: Shared) {
    const made = new PipelineFunction(this, 'Publish', shared, {
      entry: siteFunction,
      doc: 'Publishes the pages of the site that have changed.',
      reads: siteRelations(),
      // The pages of a sample say that it is a sample.
      readsKeys: [sampleMark],
      writes: [],
      memory: 3538,
      beside: libraryFiles(),
      environment: { PRECURSOR_SITE: bucket.bucketName, PRECURSOR_LANGUAGE: shared.settings.watch.language },
    })
    const allow = (actions: string[], resources: string[]) =>
      made.lambda.addToRolePolicy(new iam.PolicyStatement({ actions, resources }))
    allow(['s3:ListBucket'], [bucket.bucketArn])
    allow(['s3:GetObject'], [bucket.arnForObjects('site.json')])
    allow(['s3:PutObject'], [bucket.arnForObjects('*')])
    explain(this, 'The bucket holds the pages of the site and nothing else.', onAnyOf(bucket, '/*'))
    return made
  }
}
