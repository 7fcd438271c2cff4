/** Findings of cdk-nag that are intended. Each is named exactly and explained where it arises. */
import { Stack, Validations } from 'aws-cdk-lib'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type { CfnElement } from 'aws-cdk-lib/core'
import type { IConstruct } from 'constructs'

export const explain = (construct: IConstruct, reason: string, ...ids: readonly string[]): void => {
  for (const id of ids) Validations.of(construct).acknowledge({ id: `AwsSolutions-${id}`, reason })
}

/** A permission on every resource, or on those that a pattern matches. */
export const onAny = (resource = '*') => `IAM5[Resource::${resource}]`

/** A pattern below the ARN of a construct, as the finding spells it. */
export const onAnyOf = (construct: IConstruct, pattern: string) =>
  onAny(`<${Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement)}.Arn>${pattern}`)

/** Objects under a prefix. */
export const onKeys = (bucket: s3.Bucket, keys: string) => onAnyOf(bucket, `/${keys}`)
