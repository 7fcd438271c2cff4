/** The network of the AWS platform: sources over HTTP, with keys from SSM Parameter Store. */
import type { Platform } from '../core/platform.ts'
import { httpClient } from './http.ts'
import { acceptSecret } from './secret.ts'
import { parameter } from './ssm.ts'

/** `keys`: SSM path below which the keys of sources are kept, such as `/Precursor/keys`. */
export const awsNetwork = (keys: string): Pick<Platform, 'fetch' | 'secret'> => {
  const secret = async (name: string) => acceptSecret(name, await parameter(`${keys}/${name}`))
  return { fetch: httpClient(secret), secret }
}
