/** The list of all views, one line per view. */
import type { View } from '../view.ts'
import { dailyBarsAsKnown } from './bars/daily_bars_as_known.ts'
import { gapAndReverse } from './bars/gap_and_reverse.ts'
import { intradayReversal } from './bars/intraday_reversal.ts'
import { latestBars } from './bars/latest_bars.ts'
import { absorptionShift } from './baskets/absorption_shift.ts'
import { basketComovement } from './baskets/basket_comovement.ts'
import { basketMembers } from './baskets/basket_members.ts'
import { basketReturns } from './baskets/basket_returns.ts'
import { breadth } from './baskets/breadth.ts'
import { comovementPercentiles } from './baskets/comovement_percentiles.ts'
import { crowding } from './baskets/crowding.ts'
import { fundConcentration } from './baskets/fund_concentration.ts'
import { catalystCoverage } from './catalysts/catalyst_coverage.ts'
import { catalystCoverageNow } from './catalysts/catalyst_coverage_now.ts'
import { catalystEffects } from './catalysts/catalyst_effects.ts'
import { catalystRuleChanges } from './catalysts/catalyst_rule_changes.ts'
import { catalystWindows } from './catalysts/catalyst_windows.ts'
import { catalystsBySession } from './catalysts/catalysts_by_session.ts'
import { earningsAnnouncements } from './catalysts/earnings_announcements.ts'
import { earningsGrowth } from './catalysts/earnings_growth.ts'
import { earningsReactions } from './catalysts/earnings_reactions.ts'
import { earningsSurprises } from './catalysts/earnings_surprises.ts'
import { impactfulCatalysts } from './catalysts/impactful_catalysts.ts'
import { quarterlyResults } from './catalysts/quarterly_results.ts'
import { reportedSplits } from './catalysts/reported_splits.ts'
import { resonance } from './catalysts/resonance.ts'
import { speechTopics } from './catalysts/speech_topics.ts'
import { crashPrecursors } from './composite/crash_precursors.ts'
import { precursorContributions } from './composite/precursor_contributions.ts'
import { precursorScore } from './composite/precursor_score.ts'
import { precursorSignals } from './composite/precursor_signals.ts'
import { sessionFacts } from './composite/session_facts.ts'
import { creditSpreadsAsKnown } from './credit/credit_spreads_as_known.ts'
import { earlyWarning } from './early_warning/early_warning.ts'
import { earlyWarningBreadth } from './early_warning/early_warning_breadth.ts'
import { earlyWarningCases } from './early_warning/early_warning_cases.ts'
import { basketPressure } from './flow/basket_pressure.ts'
import { etfShareOfVolume } from './flow/etf_share_of_volume.ts'
import { flaggedVolume } from './flow/flagged_volume.ts'
import { fundFlows } from './flow/fund_flows.ts'
import { catalystIntraday } from './intraday/catalyst_intraday.ts'
import { intradayCoverage } from './intraday/intraday_coverage.ts'
import { intradayPath } from './intraday/intraday_path.ts'
import { intradayShape } from './intraday/intraday_shape.ts'
import { labelAnalogs } from './labels/label_analogs.ts'
import { labelBaseRates } from './labels/label_base_rates.ts'
import { labelForwardDrawdown } from './labels/label_forward_drawdown.ts'
import { marketDepthState } from './liquidity/market_depth_state.ts'
import { priceImpact } from './liquidity/price_impact.ts'
import { spreadEstimates } from './liquidity/spread_estimates.ts'
import { dataVacuum } from './macro/data_vacuum.ts'
import { macroAsOf } from './macro/macro_as_of.ts'
import { macroSurprise } from './macro/macro_surprise.ts'
import { macroTimetable } from './macro/macro_timetable.ts'
import { macroVintages } from './macro/macro_vintages.ts'
import { overdueReleases } from './macro/overdue_releases.ts'
import { lastSessions } from './meta/last_sessions.ts'
import { metaChecks } from './meta/meta_checks.ts'
import { metaColumns } from './meta/meta_columns.ts'
import { metaCoverage } from './meta/meta_coverage.ts'
import { metaFreshness } from './meta/meta_freshness.ts'
import { metaGaps } from './meta/meta_gaps.ts'
import { metaRuns } from './meta/meta_runs.ts'
import { analystSeriesAsKnown } from './own/analyst_series_as_known.ts'
import { gammaExposure } from './volatility/gamma_exposure.ts'
import { impliedCorrelation } from './volatility/implied_correlation.ts'
import { negativeGammaProxy } from './volatility/negative_gamma_proxy.ts'
import { optionGamma } from './volatility/option_gamma.ts'
import { realizedVolatility } from './volatility/realized_volatility.ts'
import { varianceRiskPremium } from './volatility/variance_risk_premium.ts'
import { volatilityIndexLevels } from './volatility/volatility_index_levels.ts'
import { volatilityIndicesAsKnown } from './volatility/volatility_indices_as_known.ts'
import { volatilityRegime } from './volatility/volatility_regime.ts'

export const views: readonly View[] = [
  absorptionShift,
  analystSeriesAsKnown,
  basketComovement,
  basketMembers,
  basketPressure,
  basketReturns,
  breadth,
  catalystCoverage,
  catalystCoverageNow,
  catalystEffects,
  catalystIntraday,
  catalystRuleChanges,
  catalystWindows,
  catalystsBySession,
  comovementPercentiles,
  crashPrecursors,
  creditSpreadsAsKnown,
  crowding,
  dailyBarsAsKnown,
  dataVacuum,
  earlyWarning,
  earlyWarningBreadth,
  earlyWarningCases,
  earningsAnnouncements,
  earningsGrowth,
  earningsReactions,
  earningsSurprises,
  etfShareOfVolume,
  flaggedVolume,
  fundConcentration,
  fundFlows,
  gammaExposure,
  gapAndReverse,
  impactfulCatalysts,
  impliedCorrelation,
  intradayCoverage,
  intradayPath,
  intradayReversal,
  intradayShape,
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
  reportedSplits,
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
  lastSessions,
  metaCoverage,
  metaFreshness,
  metaGaps,
  metaRuns,
]
