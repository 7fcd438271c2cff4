import { releaseCatalyst } from './shared/release.ts'

export const consumerPrices = releaseCatalyst(
  'consumer_prices',
  'The Consumer Price Index: the first print of its monthly change, against the consensus known before it.',
)
