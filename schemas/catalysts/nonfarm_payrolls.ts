import { releaseCatalyst } from './shared/release.ts'

export const nonfarmPayrolls = releaseCatalyst(
  'nonfarm_payrolls',
  'The Employment Situation: the first print of the change of nonfarm payrolls, against the consensus known before it.',
)
