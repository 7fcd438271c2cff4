import { releaseCatalyst } from './shared/release.ts'

export const jobOpenings = releaseCatalyst(
  'job_openings',
  'Job Openings and Labor Turnover Survey: the first print of job openings, against the consensus known before it.',
)
