import { exchangeDayCatalyst } from './shared/exchange-day.ts'
import { expiries } from './shared/third-fridays.ts'

export const optionsExpiry = exchangeDayCatalyst(
  'options_expiry',
  'The monthly expiry of stock and index options: the third Friday of a month or, if that is a holiday, the session before it. The expiries of March, June, September and December are quadruple_witching.',
  expiries('monthly', 'US options', 'Monthly options expire'),
)
