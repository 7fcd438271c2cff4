/** The list of all topics, one line per topic. */

import type { Topic } from '../topic.ts'
import { aiProductivity } from './ai_productivity.ts'
import { assetValuations } from './asset_valuations.ts'
import { inflation } from './inflation.ts'
import { interconnectionLeverage } from './interconnection_leverage.ts'
import { labourMarket } from './labour_market.ts'
import { liquidityFunding } from './liquidity_funding.ts'
import { policyRate } from './policy_rate.ts'
import { privateCredit } from './private_credit.ts'
import { regulation } from './regulation.ts'
import { stablecoinsCrypto } from './stablecoins_crypto.ts'

export const topics: readonly Topic[] = [
  aiProductivity,
  assetValuations,
  inflation,
  interconnectionLeverage,
  labourMarket,
  liquidityFunding,
  policyRate,
  privateCredit,
  regulation,
  stablecoinsCrypto,
]
