import { releaseCatalyst } from './shared/release.ts'

export const employmentCostIndex = releaseCatalyst(
  'employment_cost_index',
  'The Employment Cost Index: quarterly change, first print, against the consensus known before it.',
)
