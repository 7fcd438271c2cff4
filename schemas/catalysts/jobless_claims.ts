import { releaseCatalyst } from './shared/release.ts'

export const joblessClaims = releaseCatalyst(
  'jobless_claims',
  'Weekly initial claims for unemployment insurance: the first print, against the consensus known before it.',
)
