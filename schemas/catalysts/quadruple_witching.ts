import { exchangeDayCatalyst } from './shared/exchange-day.ts'
import { expiries } from './shared/third-fridays.ts'

export const quadrupleWitching = exchangeDayCatalyst(
  'quadruple_witching',
  'The quarterly expiry of index futures, stock options and index options on one day: the third Friday of March, June, September and December.',
  expiries('quarterly', 'US options and futures', 'Quarterly futures and options expire'),
)
