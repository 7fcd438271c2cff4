/** Secrets as an adapter reads them: from the environment, or from a store of parameters. */
import { UsageError } from '../core/errors.ts'
import { rememberSecret } from '../core/secrets.ts'

/** The secret without the space around it, remembered so that nothing prints it. One with control characters is refused. */
export const acceptSecret = (name: string, given: string | undefined): string | undefined => {
  if (given === undefined) return undefined
  rememberSecret(given)
  const value = given.trim()
  if (/\p{Cc}/u.test(value))
    throw new UsageError(`${name} contains a control character, such as a line break: set it again`)
  return value || undefined
}
