import { bigint, boolean, date, double, string } from '../../column.ts'
import { gammaFlips } from '../../tables/gamma_flips.ts'
import { defineView, sql } from '../../view.ts'
import { steadySum } from '../shared/steady-sum.ts'
import { optionGamma } from './option_gamma.ts'

const perPercent = { unit: 'USD per 1 %' }

export const gammaExposure = defineView({
  name: 'gamma_exposure',
  doc: 'One row per underlying, session and chain: the amount that dealers must trade to hedge a 1 % move, if they are long calls and short puts.',
  grain: ['symbol', 'session', 'source'],
  columns: {
    symbol: string('Underlying.'),
    session: date('XNYS session.'),
    source: string('Source of the option chain.'),
    sign_convention: string('Assumed positions of dealers: `calls_long_puts_short`. Their real positions are unknown.'),
    underlying_price: double('Price of the underlying.', { unit: 'USD' }),
    option_count: bigint('Number of options counted: those with an implied volatility that expire after the session.', {
      unit: 'options',
    }),
    call_gamma: double.nullable('Dollar gamma of the calls. NULL if it is too large to be summed.', perPercent),
    put_gamma: double.nullable(
      'Dollar gamma of the puts, which is negative. NULL if it is too large to be summed.',
      perPercent,
    ),
    net_gamma: double.nullable(
      'call_gamma + put_gamma. Below zero, dealers sell into falls. NULL if one of them is unknown.',
      perPercent,
    ),
    is_negative_gamma: boolean.nullable('True if net_gamma is below zero.'),
    gamma_flip: double.nullable('Price at which net gamma changes sign. NULL if there is none within 10 %.', {
      unit: 'USD',
    }),
    flip_distance: double.nullable(
      'underlying_price / gamma_flip - 1. Below zero, the price is below the flip level.',
      {
        unit: 'fraction',
      },
    ),
  },
  sql: sql`
    with summed as (
      select
        symbol, session, source, max(underlying_price) as underlying_price, count(*) as option_count,
        ${steadySum("case when option_type = 'call' then dealer_gamma else 0e0 end", 4)} as call_gamma,
        ${steadySum("case when option_type = 'put' then dealer_gamma else 0e0 end", 4)} as put_gamma,
        ${steadySum('dealer_gamma', 4)} as net_gamma
      from ${optionGamma}
      group by symbol, session, source
    )
    select
      summed.symbol, summed.session, summed.source, 'calls_long_puts_short' as sign_convention,
      underlying_price, option_count, call_gamma, put_gamma, net_gamma, net_gamma < 0 as is_negative_gamma,
      gamma_flip, underlying_price / gamma_flip - 1 as flip_distance
    from summed
    left join ${gammaFlips} flips on flips.symbol = summed.symbol and flips.session = summed.session and flips.chain = summed.source
  `,
})
