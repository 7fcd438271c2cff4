/** Exit codes, for schedulers and scripts. */
import type { Outcome } from '../core/outcome.ts'
import { type Status, worst } from '../core/outcome.ts'
import type { StepReport } from '../pipeline/runs/run-log.ts'

export const exitCodes = { ok: 0, failed: 1, rejections: 2, usage: 64 } as const

const words: Readonly<Record<Status, string>> = { ok: 'ok', rejections: 'landed with rejections', failed: 'failed' }

/** Prints the outcomes of each step and sets the exit code to the worst of them. */
export const reportSteps = (steps: readonly StepReport[]): void => {
  for (const { step, outcomes } of steps) {
    process.stdout.write(`${step}\n`)
    for (const outcome of outcomes) process.stdout.write(`  ${lineOf(outcome)}\n`)
  }
  process.exitCode = exitCodes[worst(steps.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)))]
}

const lineOf = ({ subject, status, rowCount, rejectedCount, error }: Outcome) =>
  [
    subject.padEnd(24),
    `${rowCount} rows`.padStart(14),
    ...(rejectedCount ? [`${rejectedCount} rejected (see rejected_rows)`] : []),
    ...(status === 'ok' ? [] : [words[status]]),
    ...(error ? [error] : []),
  ].join('  ')
