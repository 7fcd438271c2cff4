/** Every table of the lake; one line each. */
import type { Table } from '../table.ts'
import { catalysts } from './catalysts.ts'
import { checks } from './checks.ts'
import { closures } from './closures.ts'
import { consensus } from './consensus.ts'
import { corporateActions } from './corporate_actions.ts'
import { dailyBars } from './daily_bars.ts'
import { dealerGamma } from './dealer_gamma.ts'
import { earnings } from './earnings.ts'
import { filings } from './filings.ts'
import { fundShares } from './fund_shares.ts'
import { macroReleases } from './macro_releases.ts'
import { marketDepth } from './market_depth.ts'
import { marketVolume } from './market_volume.ts'
import { payloads } from './payloads.ts'
import { rejectedRows } from './rejected_rows.ts'
import { releaseCalendar } from './release_calendar.ts'
import { runs } from './runs.ts'
import { sessions } from './sessions.ts'
import { speeches } from './speeches.ts'
import { systemicRisk } from './systemic_risk.ts'
import { volatilityIndices } from './volatility_indices.ts'

export const tables: readonly Table[] = [
  catalysts,
  checks,
  closures,
  consensus,
  corporateActions,
  dailyBars,
  dealerGamma,
  earnings,
  filings,
  fundShares,
  macroReleases,
  marketDepth,
  marketVolume,
  payloads,
  rejectedRows,
  releaseCalendar,
  runs,
  sessions,
  speeches,
  systemicRisk,
  volatilityIndices,
]
