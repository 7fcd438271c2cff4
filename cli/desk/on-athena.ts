/**
 * Statements for Athena. They are checked by the parser of the embedded engine. What the two engines would read differently is refused,
 * so that the statement that was checked is the one that runs.
 */
import { UsageError } from '../../core/errors.ts'

/** Each match is a text, a name in quotes, or something outside of them that the engines may read differently. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--|\/\*|\$|\\|\b(?:e|u&|x|b)(?=['"])|`|[^\t\n\r\x20-\x7e]/gi

export const refuseOtherOnAthena = (statement: string): void => {
  const odd = statement.match(token)?.find((each) => !/^['"]/.test(each))
  if (odd === undefined) return
  const what = odd === '--' || odd === '/*' ? 'comments' : JSON.stringify(odd)
  throw new UsageError(`Athena is asked without ${what}: remove it from the statement`)
}
