/** An instant given on the command line. */
import { instantWithOffset } from '../calendar/sessions.ts'
import { UsageError } from '../core/errors.ts'

export const instantOf = (option: string, text: string): Date => {
  const instant = instantWithOffset(text)
  if (!instant)
    throw new UsageError(`${option} ${text} needs a date, time and offset, for example 2025-11-20T13:29:59Z`)
  return instant
}
