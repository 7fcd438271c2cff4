import { releaseCatalyst } from './shared/release.ts'

export const jobOpenings = releaseCatalyst(
  'job_openings',
  'Job Openings and Labor Turnover Survey: openings, first print, against the consensus known before it.',
)
