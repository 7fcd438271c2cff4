/** Values of SSM Parameter Store, cached for a while. */
import { getParameter } from '@aws-lambda-powertools/parameters/ssm'

const secondsCached = 300

/** The value, decrypted where it is secret; undefined where there is none. Other trouble is thrown as AWS names it. */
export const parameter = async (name: string): Promise<string | undefined> => {
  try {
    return await getParameter(name, { decrypt: true, maxAge: secondsCached })
  } catch (error) {
    const cause = (error as { cause?: Error }).cause ?? (error as Error)
    if (cause.name === 'ParameterNotFound') return undefined
    throw cause
  }
}
