import { releaseCatalyst } from './shared/release.ts'

export const joblessClaims = releaseCatalyst(
  'jobless_claims',
  'Initial claims for unemployment insurance, weekly, first print, against the consensus known before it.',
)
