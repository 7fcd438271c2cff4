/** Every view; one line each. */
import type { View } from '../view.ts'
import { absorptionShift } from './absorption_shift.ts'
import { basketComovement } from './basket_comovement.ts'
import { basketMembers } from './basket_members.ts'
import { basketPressure } from './basket_pressure.ts'
import { basketReturns } from './basket_returns.ts'
import { breadth } from './breadth.ts'
import { catalystEffects } from './catalyst_effects.ts'
import { catalystRuleChanges } from './catalyst_rule_changes.ts'
import { catalystWindows } from './catalyst_windows.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { comovementPercentiles } from './comovement_percentiles.ts'
import { crashPrecursors } from './crash_precursors.ts'
import { crowding } from './crowding.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'
import { dataVacuum } from './data_vacuum.ts'
import { earningsAnnouncements } from './earnings_announcements.ts'
import { earningsGrowth } from './earnings_growth.ts'
import { earningsReactions } from './earnings_reactions.ts'
import { earningsSurprises } from './earnings_surprises.ts'
import { etfShareOfVolume } from './etf_share_of_volume.ts'
import { fundConcentration } from './fund_concentration.ts'
import { fundFlows } from './fund_flows.ts'
import { gammaExposure } from './gamma_exposure.ts'
import { gapAndReverse } from './gap_and_reverse.ts'
import { impactfulCatalysts } from './impactful_catalysts.ts'
import { impliedCorrelation } from './implied_correlation.ts'
import { intradayReversal } from './intraday_reversal.ts'
import { labelAnalogs } from './label_analogs.ts'
import { labelBaseRates } from './label_base_rates.ts'
import { labelForwardDrawdown } from './label_forward_drawdown.ts'
import { latestBars } from './latest_bars.ts'
import { macroAsOf } from './macro_as_of.ts'
import { macroSurprise } from './macro_surprise.ts'
import { macroTimetable } from './macro_timetable.ts'
import { macroVintages } from './macro_vintages.ts'
import { marketDepthState } from './market_depth_state.ts'
import { metaChecks } from './meta_checks.ts'
import { metaColumns } from './meta_columns.ts'
import { metaFreshness } from './meta_freshness.ts'
import { metaGaps } from './meta_gaps.ts'
import { metaRuns } from './meta_runs.ts'
import { negativeGammaProxy } from './negative_gamma_proxy.ts'
import { optionGamma } from './option_gamma.ts'
import { overdueReleases } from './overdue_releases.ts'
import { precursorContributions } from './precursor_contributions.ts'
import { precursorScore } from './precursor_score.ts'
import { precursorSignals } from './precursor_signals.ts'
import { priceImpact } from './price_impact.ts'
import { quarterlyResults } from './quarterly_results.ts'
import { realizedVolatility } from './realized_volatility.ts'
import { resonance } from './resonance.ts'
import { sessionFacts } from './session_facts.ts'
import { speechTopics } from './speech_topics.ts'
import { spreadEstimates } from './spread_estimates.ts'
import { varianceRiskPremium } from './variance_risk_premium.ts'
import { volatilityIndexLevels } from './volatility_index_levels.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'
import { volatilityRegime } from './volatility_regime.ts'

export const views: readonly View[] = [
  absorptionShift,
  basketComovement,
  basketMembers,
  basketPressure,
  basketReturns,
  breadth,
  catalystEffects,
  catalystRuleChanges,
  catalystWindows,
  catalystsBySession,
  comovementPercentiles,
  crashPrecursors,
  crowding,
  dailyBarsAsKnown,
  dataVacuum,
  earningsAnnouncements,
  earningsGrowth,
  earningsReactions,
  earningsSurprises,
  etfShareOfVolume,
  fundConcentration,
  fundFlows,
  gammaExposure,
  gapAndReverse,
  impactfulCatalysts,
  impliedCorrelation,
  intradayReversal,
  labelAnalogs,
  labelBaseRates,
  labelForwardDrawdown,
  latestBars,
  macroAsOf,
  macroSurprise,
  macroTimetable,
  macroVintages,
  marketDepthState,
  negativeGammaProxy,
  optionGamma,
  overdueReleases,
  precursorContributions,
  precursorScore,
  precursorSignals,
  priceImpact,
  quarterlyResults,
  realizedVolatility,
  resonance,
  sessionFacts,
  speechTopics,
  spreadEstimates,
  varianceRiskPremium,
  volatilityIndexLevels,
  volatilityIndicesAsKnown,
  volatilityRegime,
  metaChecks,
  metaColumns,
  metaFreshness,
  metaGaps,
  metaRuns,
]
