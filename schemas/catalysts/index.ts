/** The list of all catalyst kinds, one line per kind. */
import type { Catalyst } from '../catalyst.ts'
import { consumerPrices } from './consumer_prices.ts'
import { earlyClose } from './early_close.ts'
import { earnings } from './earnings.ts'
import { employmentCostIndex } from './employment_cost_index.ts'
import { fedSpeech } from './fed_speech.ts'
import { fomcDecision } from './fomc_decision.ts'
import { fomcMinutes } from './fomc_minutes.ts'
import { grossDomesticProduct } from './gross_domestic_product.ts'
import { indexRebalance } from './index_rebalance.ts'
import { industrialProduction } from './industrial_production.ts'
import { jobOpenings } from './job_openings.ts'
import { joblessClaims } from './jobless_claims.ts'
import { manufacturingSurvey } from './manufacturing_survey.ts'
import { nonfarmPayrolls } from './nonfarm_payrolls.ts'
import { optionsExpiry } from './options_expiry.ts'
import { personalConsumptionPrices } from './personal_consumption_prices.ts'
import { quadrupleWitching } from './quadruple_witching.ts'
import { reportedEvent } from './reported_event.ts'
import { retailSales } from './retail_sales.ts'
import { treasuryAuction } from './treasury_auction.ts'

export const catalystKinds: readonly Catalyst[] = [
  consumerPrices,
  earlyClose,
  earnings,
  employmentCostIndex,
  fedSpeech,
  fomcDecision,
  fomcMinutes,
  grossDomesticProduct,
  indexRebalance,
  industrialProduction,
  jobOpenings,
  joblessClaims,
  manufacturingSurvey,
  nonfarmPayrolls,
  optionsExpiry,
  personalConsumptionPrices,
  quadrupleWitching,
  reportedEvent,
  retailSales,
  treasuryAuction,
]
