/** The network of the AWS platform: sources over HTTP, with keys from SSM Parameter Store. */
import { getParameter } from '@aws-lambda-powertools/parameters/ssm'
import type { Platform } from '../platform.ts'
import { httpClient } from './http.ts'

const secondsCached = 300

/** `keys`: SSM path below which the keys of sources are kept, such as `/Precursor/keys`. */
export const awsNetwork = (keys: string): Pick<Platform, 'fetch' | 'secret'> => {
  const secret = async (name: string): Promise<string | undefined> => {
    try {
      return await getParameter(`${keys}/${name}`, { decrypt: true, maxAge: secondsCached })
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error)
      if (cause.name === 'ParameterNotFound') return undefined
      throw error
    }
  }
  return { fetch: httpClient(secret), secret }
}
