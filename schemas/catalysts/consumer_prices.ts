import { releaseCatalyst } from './shared/release.ts'

export const consumerPrices = releaseCatalyst(
  'consumer_prices',
  'The Consumer Price Index: monthly change, first print, against the consensus known before it.',
)
