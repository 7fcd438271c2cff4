/** Every view; one line each. */
import type { View } from '../view.ts'
import { catalystsBySession } from './catalysts_by_session.ts'
import { crashPrecursors } from './crash_precursors.ts'
import { dailyBarsAsKnown } from './daily_bars_as_known.ts'
import { etfShareOfVolume } from './etf_share_of_volume.ts'
import { fundFlows } from './fund_flows.ts'
import { intradayReversal } from './intraday_reversal.ts'
import { labelForwardDrawdown } from './label_forward_drawdown.ts'
import { latestBars } from './latest_bars.ts'
import { macroAsOf } from './macro_as_of.ts'
import { macroSurprise } from './macro_surprise.ts'
import { marketDepthState } from './market_depth_state.ts'
import { precursorSignals } from './precursor_signals.ts'
import { realizedVolatility } from './realized_volatility.ts'
import { sessionFacts } from './session_facts.ts'
import { volatilityIndexLevels } from './volatility_index_levels.ts'
import { volatilityIndicesAsKnown } from './volatility_indices_as_known.ts'
import { volatilityRegime } from './volatility_regime.ts'

export const views: readonly View[] = [
  catalystsBySession,
  crashPrecursors,
  dailyBarsAsKnown,
  etfShareOfVolume,
  fundFlows,
  intradayReversal,
  labelForwardDrawdown,
  latestBars,
  macroAsOf,
  macroSurprise,
  marketDepthState,
  precursorSignals,
  realizedVolatility,
  sessionFacts,
  volatilityIndexLevels,
  volatilityIndicesAsKnown,
  volatilityRegime,
]
