/** The list of all sources, one line per source. */

import { unknownName } from '../core/nearest.ts'
import { alpacaBars } from './alpaca_bars.ts'
import { beaCalendar } from './bea_calendar.ts'
import { blsCalendar } from './bls_calendar.ts'
import { cboeMarketVolume } from './cboe_market_volume.ts'
import { cboeOptions } from './cboe_options.ts'
import { cboePutCall } from './cboe_put_call.ts'
import { cboeVolatility } from './cboe_volatility.ts'
import { fedSpeeches } from './fed_speeches.ts'
import { finraOffExchangeVolume } from './finra_off_exchange_volume.ts'
import { fomcCalendar } from './fomc_calendar.ts'
import { forexfactoryConsensus } from './forexfactory_consensus.ts'
import { fredCredit } from './fred_credit.ts'
import { fredMacro } from './fred_macro.ts'
import { fredReleaseDates } from './fred_release_dates.ts'
import { massiveGroupedBars } from './massive_grouped_bars.ts'
import { nasdaqBars } from './nasdaq_bars.ts'
import { nasdaqConsensus } from './nasdaq_consensus.ts'
import { nasdaqEarnings } from './nasdaq_earnings.ts'
import { nasdaqSymbolDirectory } from './nasdaq_symbol_directory.ts'
import { secFacts } from './sec_facts.ts'
import { secFilings } from './sec_filings.ts'
import type { Source } from './source.ts'
import { squeezemetricsGamma } from './squeezemetrics_gamma.ts'
import { ssgaFundHoldings } from './ssga_fund_holdings.ts'
import { ssgaFundShares } from './ssga_fund_shares.ts'
import { tiingoBars } from './tiingo_bars.ts'
import { treasuryAuctions } from './treasury_auctions.ts'
import { yahooBars } from './yahoo_bars.ts'
import { yahooIntraday } from './yahoo_intraday.ts'

export const sources: readonly Source[] = [
  alpacaBars,
  beaCalendar,
  blsCalendar,
  cboeMarketVolume,
  cboeOptions,
  cboePutCall,
  cboeVolatility,
  fedSpeeches,
  finraOffExchangeVolume,
  fomcCalendar,
  forexfactoryConsensus,
  fredCredit,
  fredMacro,
  fredReleaseDates,
  massiveGroupedBars,
  nasdaqBars,
  nasdaqConsensus,
  nasdaqEarnings,
  nasdaqSymbolDirectory,
  secFacts,
  secFilings,
  squeezemetricsGamma,
  ssgaFundHoldings,
  ssgaFundShares,
  tiingoBars,
  treasuryAuctions,
  yahooBars,
  yahooIntraday,
]

/** The source of that name. */
export const sourceNamed = (name: string): Source => {
  const source = sources.find((each) => each.name === name)
  if (source) return source
  throw unknownName(
    'source',
    name,
    sources.map((each) => each.name),
  )
}
