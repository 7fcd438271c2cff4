/** The steps that follow ingestion, in order. Commands, functions, the state machine and their tests read this list. */
import type { Step } from './step.ts'
import { checkStep } from './steps/check.ts'
import { computeStep } from './steps/compute.ts'
import { publishStep } from './steps/publish.ts'
import { tagStep } from './steps/tag.ts'

export const steps: readonly Step[] = [tagStep, computeStep, checkStep, publishStep]

/** The parts of a run by name, in order: ingestion, then the steps. */
export const partsOfRun: readonly string[] = ['ingest', ...steps.map(({ name }) => name)]
