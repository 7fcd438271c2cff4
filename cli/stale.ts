/** Tells that a lake is behind the exchange, on stderr and by the exit code. */
import type { Staleness } from '../evening/staleness.ts'
import { exitCodes } from './exit-codes.ts'
import { tell } from './output.ts'

export const tellStale = ({ latest, expected, sessionsBehind }: Staleness): void => {
  const sessions = sessionsBehind === 1 ? '1 session' : `${sessionsBehind} sessions`
  tell(
    `stale: the lake ends with ${latest}, ${sessions} before ${expected}; run \`precursor run\` or \`precursor backfill\`\n`,
  )
  process.exitCode = exitCodes.stale
}
