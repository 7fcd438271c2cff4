import { releaseCatalyst } from './shared/release.ts'

export const employmentCostIndex = releaseCatalyst(
  'employment_cost_index',
  'The Employment Cost Index: the first print of its quarterly change, against the consensus known before it.',
)
