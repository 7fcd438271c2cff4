import { exchangeDayCatalyst } from './shared/exchange-day.ts'
import { expiries } from './shared/third-fridays.ts'

export const quadrupleWitching = exchangeDayCatalyst(
  'quadruple_witching',
  'The quarterly expiry of index futures and of stock and index options at once: the third Friday of March, June, September and December.',
  expiries('quarterly', 'US options and futures', 'Quarterly futures and options expire'),
)
