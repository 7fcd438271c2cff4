/** Every source; one line each. */
import { blsCalendar } from './bls_calendar.ts'
import { cboeMarketVolume } from './cboe_market_volume.ts'
import { cboeOptions } from './cboe_options.ts'
import { cboePutCall } from './cboe_put_call.ts'
import { cboeVolatility } from './cboe_volatility.ts'
import { fedSpeeches } from './fed_speeches.ts'
import { forexfactoryConsensus } from './forexfactory_consensus.ts'
import { fredMacro } from './fred_macro.ts'
import { nasdaqBars } from './nasdaq_bars.ts'
import { nasdaqConsensus } from './nasdaq_consensus.ts'
import { secFacts } from './sec_facts.ts'
import { secFilings } from './sec_filings.ts'
import type { Source } from './source.ts'
import { squeezemetricsGamma } from './squeezemetrics_gamma.ts'
import { ssgaFundHoldings } from './ssga_fund_holdings.ts'
import { ssgaFundShares } from './ssga_fund_shares.ts'
import { tiingoBars } from './tiingo_bars.ts'
import { yahooBars } from './yahoo_bars.ts'

export const sources: readonly Source[] = [
  blsCalendar,
  cboeMarketVolume,
  cboeOptions,
  cboePutCall,
  cboeVolatility,
  fedSpeeches,
  forexfactoryConsensus,
  fredMacro,
  nasdaqBars,
  nasdaqConsensus,
  secFacts,
  secFilings,
  squeezemetricsGamma,
  ssgaFundHoldings,
  ssgaFundShares,
  tiingoBars,
  yahooBars,
]
