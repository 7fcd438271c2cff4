import { releaseCatalyst } from './shared/release.ts'

export const industrialProduction = releaseCatalyst(
  'industrial_production',
  'Industrial production (G.17): the first print of its monthly change, against the consensus known before it.',
)
