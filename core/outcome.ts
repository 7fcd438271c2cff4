/** The outcome of a piece of work: how many rows it wrote, or why it failed. */
import { messageOf } from './errors.ts'

/** What a step did with one subject. The exit code of a command is the worst status of its outcomes. */
export interface Outcome {
  readonly subject: string
  readonly status: 'ok' | 'rejections' | 'failed'
  readonly rowCount: number
  readonly rejectedCount: number
  /** Bars outside the regular hours, which are not stored. */
  readonly leftOutCount?: number
  readonly error: string | null
  /** What a reader should know of work that did not fail, such as why it wrote nothing. It is printed and not logged. */
  readonly note?: string
}

export type Status = Outcome['status']

/** The worst of several statuses. */
export const worst = (statuses: readonly Status[]): Status =>
  statuses.includes('failed') ? 'failed' : statuses.includes('rejections') ? 'rejections' : 'ok'

/** Sum of a count over outcomes. */
export const total = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, each) => sum + of(each), 0)

/** Does the work. An error becomes a failed outcome, so that the other work continues. */
export const outcomeOf = async (subject: string, work: () => Promise<number>): Promise<Outcome> => {
  try {
    return succeededWith(subject, await work())
  } catch (error) {
    return failedWith(subject, error)
  }
}

export const succeededWith = (subject: string, rowCount: number): Outcome => ({
  subject,
  status: 'ok',
  rowCount,
  rejectedCount: 0,
  error: null,
})

export const failedWith = (subject: string, error: unknown): Outcome => ({
  subject,
  status: 'failed',
  rowCount: 0,
  rejectedCount: 0,
  error: messageOf(error),
})
