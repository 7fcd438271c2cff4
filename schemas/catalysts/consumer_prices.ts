import { consumerPricesRelease } from '../releases.ts'
import { releaseCatalyst } from './release.ts'

export const consumerPrices = releaseCatalyst(
  'consumer_prices',
  'Bureau of Labor Statistics',
  'The Consumer Price Index: monthly change, first print, against the consensus known before it.',
  consumerPricesRelease,
)
