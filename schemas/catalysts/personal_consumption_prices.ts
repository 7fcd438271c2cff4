import { releaseCatalyst } from './shared/release.ts'

export const personalConsumptionPrices = releaseCatalyst(
  'personal_consumption_prices',
  'Personal Income and Outlays: monthly change of the PCE price index, first print, against the consensus known before it.',
)
