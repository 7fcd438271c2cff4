/** A run request: which sessions or releases to run, and for which sources. The CLI and the schedules of AWS send it. */
import * as z from 'zod'
import { UsageError } from '../../core/errors.ts'

const day = z.iso.date({ error: ({ input }) => `${JSON.stringify(input)} is not a date: write it as yyyy-mm-dd` })
const runRequest = z
  .strictObject({
    /** `evening`: today's session, if today is a session. `releases`: the releases that are due now. */
    schedule: z.enum(['evening', 'releases']).optional(),
    session: day.optional(),
    from: day.optional(),
    to: day.optional(),
    sources: z.array(z.string()).min(1).optional(),
    /** Instant of an earlier request. Responses stored since then are reused. */
    since: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), 'from and to go together')
  .refine(
    ({ schedule, session, from }) => [schedule, session, from].filter((each) => each !== undefined).length === 1,
    'one of schedule, session, or from with to',
  )

export type RunRequest = z.input<typeof runRequest>

export const parseRunRequest = (given: unknown): RunRequest => {
  const parsed = runRequest.safeParse(given)
  if (parsed.success) return parsed.data
  const reasons = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '))
  throw new UsageError(`run request: ${reasons.join('; ')}`)
}
