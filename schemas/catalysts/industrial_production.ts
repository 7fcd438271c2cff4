import { releaseCatalyst } from './shared/release.ts'

export const industrialProduction = releaseCatalyst(
  'industrial_production',
  'Industrial production (G.17): monthly change, first print, against the consensus known before it.',
)
