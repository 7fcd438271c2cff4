import { bigint, date, double, string, timestamp } from '../../column.ts'
import { optionChains } from '../../tables/option_chains.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown } from '../shared/as-known.ts'

export const optionGamma = defineView({
  name: 'option_gamma',
  doc: 'One row per session and option that expires after it: its gamma, and the dollar gamma of dealers who are long calls and short puts.',
  grain: ['symbol', 'session', 'source', 'root', 'expires_on', 'strike', 'option_type'],
  columns: {
    symbol: string('Underlying.'),
    session: date('XNYS session.'),
    source: string('Source of the option chain.'),
    root: string('Option root.'),
    expires_on: date('Expiration date.'),
    strike: double('Strike.', { unit: 'USD' }),
    option_type: string('`call` or `put`.'),
    underlying_price: double('Price of the underlying.', { unit: 'USD' }),
    years_to_expiry: double('Days to expiration / 365.', { unit: 'years' }),
    implied_volatility: double('Implied volatility.', { unit: 'fraction per year' }),
    rate: double('Assumed risk-free rate.', { unit: 'fraction per year' }),
    dividend_yield: double('Assumed dividend yield.', { unit: 'fraction per year' }),
    open_interest: bigint('Open contracts at the close of the previous session.', { unit: 'contracts' }),
    gamma: double('Gamma of the option: exp(-qT) φ(d1) / (S σ √T). Black, Scholes and Merton.', { unit: 'per USD' }),
    dealer_gamma: double('gamma x open interest x 100 x S² x 1 %, positive for calls and negative for puts.', {
      unit: 'USD per 1 %',
    }),
    known_at: timestamp('When the chain became known.'),
  },
  sql: sql`
    with first_known as (${firstKnown(optionChains, 0)}),
    alive as (
      select first_known.*, cast(date_diff('day', session, expires_on) as double) / 365e0 as years_to_expiry
      from first_known
      where expires_on > session and implied_volatility > 0
    ),
    priced as (
      select
        alive.*,
        (ln(underlying_price / strike) + (rate - dividend_yield + implied_volatility * implied_volatility / 2e0) * years_to_expiry)
          / (implied_volatility * sqrt(years_to_expiry)) as d1
      from alive
    ),
    greeks as (
      select
        priced.*,
        exp(-dividend_yield * years_to_expiry) * exp(-d1 * d1 / 2e0) / sqrt(2e0 * pi())
          / (underlying_price * implied_volatility * sqrt(years_to_expiry)) as gamma
      from priced
    )
    select
      symbol, session, source, root, expires_on, strike, option_type, underlying_price, years_to_expiry,
      implied_volatility, rate, dividend_yield, open_interest, gamma,
      case when option_type = 'call' then 1e0 else -1e0 end * gamma * open_interest * 1e2 * underlying_price * underlying_price * 1e-2 as dealer_gamma,
      known_at
    from greeks
  `,
})
