/** The steps that follow ingestion, in order. Functions, the state machine and their tests read this list. */
import type { Step } from './step.ts'
import { type StepName, stepTexts } from './step-texts.ts'
import { checkStep } from './steps/check.ts'
import { computeStep } from './steps/compute.ts'
import { publishStep } from './steps/publish.ts'
import { recordStep } from './steps/record.ts'
import { tagStep } from './steps/tag.ts'

const byName: Readonly<Record<StepName, Step>> = {
  tag: tagStep,
  compute: computeStep,
  record: recordStep,
  check: checkStep,
  publish: publishStep,
}

export const steps: readonly Step[] = stepTexts.map(({ name }) => byName[name])
