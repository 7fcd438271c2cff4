/** Claims about baskets, correlation, dealers, depth and what an order cost. */

import { sectors } from '../../../schemas/baskets.ts'
import { literals, raw, type Sql, sql } from '../../../schemas/view.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { basketComovement } from '../../../schemas/views/baskets/basket_comovement.ts'
import { comovementPercentiles } from '../../../schemas/views/baskets/comovement_percentiles.ts'
import { sessionFacts } from '../../../schemas/views/composite/session_facts.ts'
import { etfShareOfVolume, shareOrder } from '../../../schemas/views/flow/etf_share_of_volume.ts'
import { marketDepthState } from '../../../schemas/views/liquidity/market_depth_state.ts'
import { priceImpact } from '../../../schemas/views/liquidity/price_impact.ts'
import { gammaExposure } from '../../../schemas/views/volatility/gamma_exposure.ts'
import { date } from '../../fragments.ts'
import { signalsAt } from '../../gather/signals.ts'
import { plainNames } from '../../language/names.ts'
import { decimal, dollars, percent, signedPercent } from '../../language/numbers.ts'
import { type Claim, isLitIn, levelOf, number, truth, verdictOf, written } from './claim.ts'

/** Correlation of the sectors, and whether its signal was lit if the states of the signals are read. */
const correlationOf = (session: string, states?: Sql): Sql => sql`
      select ${raw(states ? 's.is_lit, ' : '')}c.average_correlation_20, p.average_correlation_20_percentile, c.symbol_count_20, r.close_return as defensive_return
      from ${basketComovement} c
      left join ${comovementPercentiles} p on p.basket = c.basket and p.session = c.session
      ${states ? sql`left join ${states} s on s.session = c.session and s.signal = 'average_correlation_20'` : raw('')}
      left join ${intradayReversal} r on r.session = c.session and r.symbol = 'XLP'
      where c.session = ${date(session)} and c.basket = ${literals([sectors.name])}`

export const marketClaims: readonly Claim[] = [
  {
    id: 'etf_share',
    statement: 'claim_etf_share',
    narrative: 'narrative_etf_share',
    isLater: true,
    sql: (session) => sql`
      select source, definition, etf_share, etf_share_mean_60, etf_share_z, is_etf_share_high
      from ${etfShareOfVolume}
      where session = ${date(session)} and etf_share is not null and definition <> 'off_exchange'
      order by ${shareOrder}`,
    judge: ([row], say) => ({
      verdict: verdictOf(truth(row, 'is_etf_share_high')),
      says: row
        ? say('says_etf_share', {
            share: written(number(row, 'etf_share'), percent, say),
            mean: written(number(row, 'etf_share_mean_60'), percent, say),
            z: written(number(row, 'etf_share_z'), (value) => value.toFixed(1), say),
            definition: [plainNames(String(row.definition), say), row.source].join(say('between_names')),
          })
        : say('says_etf_share_unknown'),
    }),
  },
  {
    id: 'correlation',
    statement: 'claim_correlation',
    narrative: 'narrative_correlation',
    sql: (session, levels) => correlationOf(session, signalsAt(levels)),
    fromStates: {
      sql: (session) => correlationOf(session),
      rows: (rows, states) => rows.map((row) => ({ is_lit: isLitIn(states, 'average_correlation_20'), ...row })),
    },
    judge: ([row], say, levels) => {
      const correlation = number(row, 'average_correlation_20')
      const isLit = truth(row, 'is_lit')
      if (correlation === undefined || isLit === undefined) return { verdict: 'unknown', says: say('says_no_rows') }
      return {
        verdict: verdictOf(isLit),
        says: say(isLit ? 'says_correlation_lit' : 'says_correlation', {
          ...levelOf('average_correlation_20', levels),
          correlation: decimal(correlation),
          count: number(row, 'symbol_count_20') ?? say('unknown'),
          percentile: written(number(row, 'average_correlation_20_percentile'), percent, say),
          defensive: written(number(row, 'defensive_return'), signedPercent, say),
        }),
      }
    },
  },
  {
    id: 'dealer_gamma',
    statement: 'claim_gamma',
    narrative: 'narrative_gamma',
    isLater: true,
    sql: (session) => sql`
      select f.net_gamma, g.net_gamma as chain_net_gamma, g.gamma_flip
      from ${sessionFacts} f
      left join ${gammaExposure} g on g.session = f.session and g.symbol = 'SPX'
      where f.session = ${date(session)}`,
    judge: ([row], say) => {
      const known = ['net_gamma', 'chain_net_gamma'].flatMap((name) => number(row, name) ?? [])
      if (known.length === 0) return { verdict: 'unknown', says: say('says_gamma_unknown') }
      const below = known.filter((value) => value < 0).length
      const agree = below === 0 || below === known.length
      return {
        verdict: agree ? verdictOf(below > 0) : 'unknown',
        says: say(agree ? 'says_gamma' : 'says_gamma_disagree', {
          squeeze: written(number(row, 'net_gamma'), dollars, say),
          chain: written(number(row, 'chain_net_gamma'), dollars, say),
        }),
      }
    },
  },
  {
    id: 'depth',
    statement: 'claim_depth',
    narrative: 'narrative_depth',
    sql: (session) => sql`
      select instrument, source, depth_usd, depth_mean_20, depth_ratio, depth_percentile_252, is_depth_vacuum
      from ${marketDepthState}
      where session = ${date(session)} and instrument = 'ES'
      order by source`,
    judge: ([row], say) => ({
      verdict: verdictOf(truth(row, 'is_depth_vacuum')),
      says: row
        ? say('says_depth', {
            depth: written(number(row, 'depth_usd'), dollars, say),
            mean: written(number(row, 'depth_mean_20'), dollars, say),
            ratio: written(number(row, 'depth_ratio'), decimal, say),
            source: String(row.source),
          })
        : say('says_depth_unknown'),
    }),
  },
  {
    id: 'order_cost',
    statement: 'claim_order',
    narrative: 'narrative_order',
    sql: (session) => sql`
      select calibration, impact_bps, is_default
      from ${priceImpact}
      where session = ${date(session)} and instrument = 'ES'
      order by impact_bps, calibration`,
    // Nobody measured it: the calibrations are fitted to the two figures of the published explanation.
    judge: (rows, say) => {
      const costs = rows.flatMap((row) => number(row, 'impact_bps') ?? [])
      const quoted = rows.find(({ is_default }) => is_default)
      return {
        verdict: 'unknown',
        says: costs.length
          ? say('says_order', {
              least: Math.min(...costs).toFixed(1),
              most: Math.max(...costs).toFixed(1),
              quoted: written(number(quoted, 'impact_bps'), (value) => value.toFixed(1), say),
            })
          : say('says_order_unknown'),
      }
    },
  },
]
