import { releaseCatalyst } from './shared/release.ts'

export const nonfarmPayrolls = releaseCatalyst(
  'nonfarm_payrolls',
  'The Employment Situation: change of nonfarm payrolls, first print, against the consensus known before it.',
)
