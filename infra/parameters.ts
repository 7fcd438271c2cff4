/** ARNs of SSM parameters. */
import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** `path` begins with a slash, which the ARN must not repeat. */
export const parameterArn = (scope: Construct, path: string): string =>
  Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1) })
