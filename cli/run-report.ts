/** What a run prints: the outcome of each part, one line, or nothing but what went wrong. */
import { total } from '../core/outcome.ts'
import { reading } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import type { StepReport } from '../pipeline/runs/run-log.ts'
import { quoted } from '../schemas/view.ts'
import { reportSteps } from './exit.ts'
import { say, tell } from './output.ts'

export interface ReportOptions {
  readonly quiet?: boolean
  readonly summary?: boolean
}

export const reportOptions = [
  ['--quiet', 'print only what failed'],
  ['--summary', 'print one line: session, rows landed and rejected, failures, lit signals, duration'],
] as const

/** The sources that no request reached. */
const unreachedIn = (steps: readonly StepReport[]): string[] =>
  steps
    .filter(({ step }) => step === 'ingest')
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ error }) => error?.includes(' was not reached: '))
    .map(({ subject }) => subject)

const litOn = reading(async ({ engine }: Lake, session: string): Promise<number> => {
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from precursor_signals where is_lit and session = date ${quoted(session)}`,
  )
  return row?.n ?? 0
})

const duration = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

const summaryOf = async (lake: Lake, session: string, steps: readonly StepReport[], began: Date): Promise<string> => {
  const outcomes = steps.flatMap((each) => each.outcomes)
  const landed = steps.filter(({ step }) => step === 'ingest').flatMap((each) => each.outcomes)
  const failed = outcomes.filter(({ status }) => status === 'failed').length
  const rejected = total(landed, (each) => each.rejectedCount)
  return [
    session,
    `${total(landed, (each) => each.rowCount)} landed`,
    `${rejected} rejected`,
    `${failed} failed`,
    `${await litOn(lake, session)} lit`,
    duration(lake.platform.now().getTime() - began.getTime()),
  ].join(' · ')
}

export const reportRun = async (
  lake: Lake,
  session: string,
  steps: readonly StepReport[],
  began: Date,
  { quiet, summary }: ReportOptions,
): Promise<void> => {
  const failures = steps.map((each) => ({
    ...each,
    outcomes: each.outcomes.filter(({ status }) => status === 'failed'),
  }))
  if (quiet) reportSteps(failures.filter(({ outcomes }) => outcomes.length > 0))
  else if (!summary) reportSteps(steps)
  if (summary) say(`${await summaryOf(lake, session, steps, began)}\n`)
  const unreached = unreachedIn(steps)
  if (unreached.length) tell(`not reached: ${unreached.join(', ')}; the next run asks them again\n`)
}
