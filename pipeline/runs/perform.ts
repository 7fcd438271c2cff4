/** Performs one part of a run and reports it, for the run log. */
import type { Outcome } from '../../core/outcome.ts'
import type { Lake } from '../lake/lake.ts'
import type { StepReport } from './run-log.ts'
import type { Step } from './step.ts'

/** Ingestion or a step, with everything it needs but the lake. */
export interface Part {
  readonly name: string
  readonly perform: (lake: Lake) => Promise<readonly Outcome[]>
}

export const partOf = ({ name, perform }: Step, session: string): Part => ({
  name,
  perform: (lake) => perform(lake, session),
})

export const performPart = async (lake: Lake, { name, perform }: Part): Promise<StepReport> => {
  const startedAt = lake.platform.now().toISOString()
  const outcomes = await perform(lake)
  lake.platform.log.info({ step: name, outcomes }, `${name} done`)
  return { step: name, startedAt, outcomes }
}
