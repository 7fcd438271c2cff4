/** The list of all topics, one line per topic. */

import type { Topic } from '../topic.ts'
import { aiProductivity } from './ai-productivity.ts'
import { assetValuations } from './asset-valuations.ts'
import { inflation } from './inflation.ts'
import { interconnectionLeverage } from './interconnection-leverage.ts'
import { labourMarket } from './labour-market.ts'
import { liquidityFunding } from './liquidity-funding.ts'
import { policyRate } from './policy-rate.ts'
import { privateCredit } from './private-credit.ts'
import { regulation } from './regulation.ts'
import { stablecoinsCrypto } from './stablecoins-crypto.ts'

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
