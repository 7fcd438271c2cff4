import { exchangeDayCatalyst } from './shared/exchange-day.ts'
import { expiries } from './shared/third-fridays.ts'

export const optionsExpiry = exchangeDayCatalyst(
  'options_expiry',
  'The monthly expiry of stock and index options: the third Friday of a month, or the session before a holiday on it. Those of quarter ends are quadruple_witching.',
  expiries('monthly', 'US options', 'Monthly options expire'),
)
