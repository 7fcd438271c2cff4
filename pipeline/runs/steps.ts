/** What follows ingestion, in order. */
import { checkStep } from './check.ts'
import { computeStep } from './compute.ts'
import { publishStep } from './publish.ts'
import type { Step } from './step.ts'
import { tagStep } from './tag.ts'

export const steps: readonly Step[] = [tagStep, computeStep, checkStep, publishStep]
