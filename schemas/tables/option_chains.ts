import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const optionChains = defineTable({
  name: 'option_chains',
  doc: 'One row per option, session, source and vintage: open interest and implied volatility in an option chain.',
  grain: ['symbol', 'session', 'root', 'expires_on', 'strike', 'option_type', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'after_close', minutes: 60 },
  aliases: {
    date: 'session',
    expiration: 'expires_on',
    type: 'option_type',
    iv: 'implied_volatility',
    oi: 'open_interest',
  },
  columns: {
    symbol: string('Underlying.', { default: 'SPX' }),
    session: date('XNYS session of the snapshot.'),
    root: string('Option root, such as SPX or SPXW. Options of the two settle at different times of the day.', {
      default: 'SPX',
    }),
    expires_on: date('Expiration date.'),
    strike: double('Strike.', { unit: 'USD' }),
    option_type: string('`call` or `put`.'),
    underlying_price: double('Price of the underlying at the snapshot.', { unit: 'USD' }),
    open_interest: bigint("Open contracts at the close of the previous session. Today's trades are not included.", {
      unit: 'contracts',
    }),
    implied_volatility: double.nullable('Annualised implied volatility, as a fraction. NULL if the chain shows none.', {
      unit: 'fraction per year',
    }),
    bid: double.nullable('Best bid.', { unit: 'USD' }),
    ask: double.nullable('Best ask.', { unit: 'USD' }),
    volume: bigint.nullable('Contracts traded.', { unit: 'contracts' }),
    rate: double('Assumed risk-free rate.', { unit: 'fraction per year', default: 0 }),
    dividend_yield: double('Assumed dividend yield.', { unit: 'fraction per year', default: 0 }),
    ...knowledge,
  },
  invariants: [
    { name: 'option_type must be call or put', sql: "option_type in ('call', 'put')" },
    { name: 'strike must be above zero', sql: 'strike > 0' },
    { name: 'underlying_price must be above zero', sql: 'underlying_price > 0' },
    { name: 'open_interest must not be negative', sql: 'open_interest >= 0' },
    { name: 'implied_volatility must not be negative', sql: 'implied_volatility >= 0' },
    { name: 'rate must be within -1 and 1', sql: 'rate between -1 and 1' },
    { name: 'dividend_yield must be within -1 and 1', sql: 'dividend_yield between -1 and 1' },
  ],
})
