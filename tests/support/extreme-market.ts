/** Tables by session at the limits: indices, ratios, depth, volume, funds and option chains. */
import { benchmark, megaCaps, sectors } from '../../schemas/baskets.ts'
import type { Draw } from './draw.ts'
import { extremeBars, sessions } from './extreme-bars.ts'
import {
  anySign,
  counts,
  type Figures,
  largest,
  lasting,
  mostCounted,
  notNegative,
  plusDays,
  positive,
  type Rows,
  smallest,
} from './extreme-figures.ts'
import { extremeIntraday } from './extreme-intraday.ts'

const recent = sessions.slice(-320)

/** Rows of every subject on every one of these sessions. */
const daily = <T>(
  subjects: readonly T[],
  days: readonly string[],
  make: (subject: T) => (session: string) => Rows,
): Rows => subjects.flatMap((subject) => days.flatMap(make(subject)))

export const extremeMarket = (draw: Draw): Readonly<Record<string, Rows>> => {
  const last = (from: Figures) => lasting(draw, from)
  return {
    daily_bars: extremeBars(draw),
    corporate_actions: [
      ...[1, 1e-6, 1e6, 2, 0.5, 1e12, 1e-12, 1e6, 1e6].map((split_factor, i) => ({
        symbol: ['NVDA', 'SPY', 'TSLA', 'SPY', 'IVV', 'TURNED', 'TURNED', 'STILL1', 'STILL1'][i],
        session: sessions[200 + 40 * i],
        action: 'split',
        split_factor,
        dividend: '',
      })),
      ...[0, 1e9, -1].map((dividend, i) => ({
        symbol: 'SPY',
        session: sessions[500 + i],
        action: 'dividend',
        split_factor: '',
        dividend,
      })),
    ],
    intraday_bars: extremeIntraday,
    volatility_indices: daily(['VIX', 'VIX9D', 'VIX3M', 'VVIX', 'SKEW'], sessions, (symbol) => {
      const [close, isThere] = [last(positive), last([1, 1, 1, 0])]
      return (session) => (isThere() ? [{ symbol, session, open: '', high: '', low: '', close: close() }] : [])
    }),
    put_call_ratios: daily(['total', 'index', 'equity'], recent, (product) => {
      const [put_call_ratio, put_volume] = [last(notNegative), last(notNegative)]
      return (session) => [
        { product, session, put_call_ratio: put_call_ratio(), call_volume: 0, put_volume: put_volume() },
      ]
    }),
    dealer_gamma: daily(['SPX', 'NDX'], recent, (symbol) => {
      const net_gamma = last(anySign)
      return (session) => [
        {
          symbol,
          session,
          underlying_price: 1e-6,
          net_gamma: net_gamma(),
          dark_index: 0,
          sign_convention: 'calls_long_puts_short',
        },
      ]
    }),
    market_breadth: daily(['NYSE'], recent, (exchange) => {
      const [up, down, advancing, declining] = [notNegative, notNegative, notNegative, notNegative].map(last)
      return (session) => [
        {
          exchange,
          session,
          up_volume: up!(),
          down_volume: down!(),
          advancing_count: advancing!(),
          declining_count: declining!(),
        },
      ]
    }),
    market_depth: daily(['ES', 'NQ'], recent, (instrument) => {
      const [depth, spread, sample_count] = [last(notNegative), last(notNegative), last(counts)]
      return (session) =>
        ['top_of_book_usd', 'spread_bps'].map((metric) => ({
          instrument,
          session,
          metric,
          value: metric === 'spread_bps' ? spread() : depth(),
          sample_count: sample_count(),
          sampling_window: '',
        }))
    }),
    market_volume: daily(['tape_a', 'tape_b', 'tape_c', 'etf', 'total'], recent, (segment) => {
      const [notional, isThere] = [last(notNegative), last([1, 1, 1, 0])]
      return (session) =>
        isThere() ? [{ session, venue: 'all', segment, shares: 0, notional: notional(), trade_count: 0 }] : []
    }),
    symbol_directory: [benchmark.etf, 'QQQ', 'IVV', ...megaCaps.symbols].map((symbol, i) => ({
      symbol,
      name: symbol,
      exchange: 'P',
      is_etf: i < 3 ? 'true' : i % 4 ? 'false' : '',
      is_test_issue: 'false',
      known_at: `${recent[0]}T12:00:00Z`,
    })),
    symbol_volume: daily([benchmark.etf, 'QQQ', 'IVV', ...megaCaps.symbols], recent, (symbol) => {
      const [shares, notional] = [last(notNegative), last(['', ...notNegative])]
      return (session) =>
        ['consolidated', 'off_exchange'].map((venue) => ({
          session,
          venue,
          symbol,
          shares: shares(),
          notional: notional(),
        }))
    }),
    implied_volatilities: daily([...megaCaps.symbols, 'IDX'], recent.slice(-120), (symbol) => {
      const implied_volatility = last(positive)
      return (session) => [{ symbol, session, tenor_days: 30, implied_volatility: implied_volatility() }]
    }),
    baskets: [
      ...megaCaps.symbols.map((symbol, i) => ({
        basket: 'weighted',
        symbol,
        weight: [smallest, largest, ''][i % 3],
        benchmark: 'IDX',
      })),
      ...sectors.symbols.map((symbol) => ({ basket: 'own market', symbol, weight: '', benchmark: '' })),
      ...['STILL1', 'STILL2', 'STILL3', 'STILL4', 'STILL5', 'STILL6'].map((symbol) => ({
        basket: 'still',
        symbol,
        weight: '',
        benchmark: 'STILL1',
      })),
      ...['TWIN1', 'TWIN2', 'TWIN3', 'TWIN4', 'TWIN5'].map((symbol) => ({
        basket: 'twins',
        symbol,
        weight: '',
        benchmark: '',
      })),
      ...['STILL2', 'STILL3', 'STILL4', 'STILL5', 'TWIN1'].map((symbol) => ({
        basket: 'one moves',
        symbol,
        weight: '',
        benchmark: '',
      })),
      ...['NOISE1', 'NOISE2', 'STILL3', 'STILL4', 'STILL5'].map((symbol) => ({
        basket: 'noise',
        symbol,
        weight: '',
        benchmark: 'NOISE1',
      })),
      ...['LISTED', 'DELISTED', 'TWIN1', 'ONCE'].map((symbol) => ({
        basket: 'in and out',
        symbol,
        weight: '',
        benchmark: 'TWIN2',
      })),
      { basket: 'one member', symbol: 'TURNED', weight: 1, benchmark: '' },
      { basket: 'no market', symbol: 'SPY', weight: 1, benchmark: 'NOTHING' },
      { basket: 'no market', symbol: 'QQQ', weight: 1, benchmark: 'NOTHING' },
    ].map((each) => ({ ...each, member_from: sessions[0], member_until: '' })),
    fund_shares: daily(['SPY', 'IVV', 'QQQ', 'XLK', 'NVDA'], recent, (symbol) => {
      const [nav, shares_outstanding] = [last(positive), last(positive)]
      return (session) => [
        { symbol, session, nav: nav(), shares_outstanding: shares_outstanding(), total_net_assets: '' },
      ]
    }),
    fund_holdings: daily(['SPY', 'QQQ'], recent.slice(-6), (fund) => {
      const weight = () => draw.one([0, 0, 1, -1, 1e-9, 0.5])
      const isAllZero = last([0, 1])
      return (session) => {
        const isZero = isAllZero()
        return megaCaps.symbols.map((symbol) => ({
          fund,
          session,
          identifier: symbol,
          symbol,
          name: symbol,
          weight: isZero ? 0 : weight(),
          sector: '',
        }))
      }
    }),
    option_chains: daily(['SPX', 'NDX'], recent.slice(-12), (symbol) => (session) => {
      const underlying_price = draw.one([smallest, 1e-6, 1, 6000, 1e9, 1e12])
      const [rate, dividend_yield] = [draw.one([0, -1, 0.05, 1, 9]), draw.one([0, 0.02, -1, 1])]
      const isUntraded = draw.one([true, false, false])
      return [1e-6, 0.95, 1, 1.05, 1e6].flatMap((moneyness) =>
        ['call', 'put'].flatMap((option_type) =>
          [1, 30, 25_000].map((days) => ({
            symbol,
            session,
            root: symbol,
            expires_on: plusDays(session, days),
            strike: underlying_price * moneyness,
            option_type,
            underlying_price,
            open_interest: isUntraded ? 0 : draw.one([0, 1, mostCounted]),
            implied_volatility: draw.one(['', 0, smallest, 1e-6, 0.2, 9, largest]),
            bid: 0,
            ask: '',
            volume: 0,
            rate,
            dividend_yield,
          })),
        ),
      )
    }),
  }
}
