import { releaseCatalyst } from './shared/release.ts'

export const manufacturingSurvey = releaseCatalyst(
  'manufacturing_survey',
  'The ISM manufacturing index. No free source has it, so its calendar and figures are imported.',
)
