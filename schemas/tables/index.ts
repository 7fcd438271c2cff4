/** The list of all tables, one line per table. */
import type { Table } from '../table.ts'
import { analogStatistics } from './analog_statistics.ts'
import { analystSeries } from './analyst_series.ts'
import { baskets } from './baskets.ts'
import { catalysts } from './catalysts.ts'
import { checks } from './checks.ts'
import { closures } from './closures.ts'
import { consensus } from './consensus.ts'
import { corporateActions } from './corporate_actions.ts'
import { creditSpreads } from './credit_spreads.ts'
import { dailyBars } from './daily_bars.ts'
import { dealerGamma } from './dealer_gamma.ts'
import { declaredLastSessions } from './declared_last_sessions.ts'
import { dictionary } from './dictionary.ts'
import { earlierCatalysts } from './earlier_catalysts.ts'
import { earnings } from './earnings.ts'
import { earningsCalendar } from './earnings_calendar.ts'
import { earningsEstimates } from './earnings_estimates.ts'
import { effectiveSpreads } from './effective_spreads.ts'
import { evaluationTries } from './evaluation_tries.ts'
import { filings } from './filings.ts'
import { fundHoldings } from './fund_holdings.ts'
import { fundShares } from './fund_shares.ts'
import { gammaFlips } from './gamma_flips.ts'
import { impliedVolatilities } from './implied_volatilities.ts'
import { intradayBars } from './intraday_bars.ts'
import { macroReleases } from './macro_releases.ts'
import { marketBreadth } from './market_breadth.ts'
import { marketDepth } from './market_depth.ts'
import { marketVolume } from './market_volume.ts'
import { optionChains } from './option_chains.ts'
import { payloads } from './payloads.ts'
import { policyStatements } from './policy_statements.ts'
import { precursorPercentiles } from './precursor_percentiles.ts'
import { putCallRatios } from './put_call_ratios.ts'
import { rejectedRows } from './rejected_rows.ts'
import { releaseCalendar } from './release_calendar.ts'
import { reportedEvents } from './reported_events.ts'
import { runs } from './runs.ts'
import { scoreRecord } from './score_record.ts'
import { sessions } from './sessions.ts'
import { speechSentences } from './speech_sentences.ts'
import { speeches } from './speeches.ts'
import { symbolDirectory } from './symbol_directory.ts'
import { symbolVolume } from './symbol_volume.ts'
import { systemicRisk } from './systemic_risk.ts'
import { treasuryAuctions } from './treasury_auctions.ts'
import { volatilityIndices } from './volatility_indices.ts'

export const tables: readonly Table[] = [
  analogStatistics,
  analystSeries,
  baskets,
  catalysts,
  checks,
  closures,
  consensus,
  corporateActions,
  creditSpreads,
  dailyBars,
  dealerGamma,
  declaredLastSessions,
  earlierCatalysts,
  earnings,
  earningsCalendar,
  earningsEstimates,
  effectiveSpreads,
  evaluationTries,
  filings,
  fundHoldings,
  fundShares,
  gammaFlips,
  impliedVolatilities,
  intradayBars,
  macroReleases,
  marketBreadth,
  marketDepth,
  marketVolume,
  optionChains,
  payloads,
  policyStatements,
  precursorPercentiles,
  putCallRatios,
  rejectedRows,
  releaseCalendar,
  reportedEvents,
  runs,
  scoreRecord,
  sessions,
  speechSentences,
  speeches,
  symbolDirectory,
  symbolVolume,
  systemicRisk,
  treasuryAuctions,
  volatilityIndices,
  dictionary,
]
