import { releaseCatalyst } from './shared/release.ts'

export const personalConsumptionPrices = releaseCatalyst(
  'personal_consumption_prices',
  'Personal Income and Outlays: the first print of the monthly change of the PCE price index, against the consensus known before it.',
)
