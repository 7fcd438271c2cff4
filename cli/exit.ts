/** Exit codes, for schedulers and scripts. */
import type { Outcome } from '../core/outcome.ts'
import { type Status, worst } from '../core/outcome.ts'
import type { StepReport } from '../pipeline/runs/run-log.ts'
import { exitCodes } from './exit-codes.ts'
import { pasteable } from './invocation.ts'
import { say } from './output.ts'

export { exitCodes }

const words: Readonly<Record<Status, string>> = { ok: 'ok', rejections: 'landed with rejections', failed: 'failed' }

/** Prints the outcomes of each step and sets the exit code to the worst of them. */
export const reportSteps = (steps: readonly StepReport[]): void => {
  for (const { step, outcomes } of steps) {
    say(`${step}\n`)
    for (const outcome of outcomes) say(`  ${lineOf(outcome)}\n`)
  }
  setExitCode(steps)
}

/** Sets the exit code to the worst outcome of the steps. */
export const setExitCode = (steps: readonly StepReport[]): void => {
  process.exitCode = exitCodes[worst(steps.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)))]
}

const lineOf = ({ subject, status, rowCount, rejectedCount, leftOutCount, error, note }: Outcome) =>
  [
    subject.padEnd(24),
    `${rowCount} rows`.padStart(14),
    ...(rejectedCount ? [`${rejectedCount} rejected (see rejected_rows)`] : []),
    ...(leftOutCount ? [`${leftOutCount} left out: outside the regular hours`] : []),
    ...(status === 'ok' ? [] : [words[status]]),
    ...(error ? [pasteable(error)] : []),
    ...(note ? [note] : []),
  ].join('  ')
