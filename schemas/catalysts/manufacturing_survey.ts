import { releaseCatalyst } from './shared/release.ts'

export const manufacturingSurvey = releaseCatalyst(
  'manufacturing_survey',
  'The ISM manufacturing index; not free, so that calendar and figures come by import.',
)
