/** Baskets: groups of symbols over which features are computed. An analyst can add others with `import baskets`. */

interface Basket {
  readonly name: string
  readonly symbols: readonly string[]
  /** The symbol that represents the market, for beta and residual measures. */
  readonly benchmark: string
}

/** The S&P 500 as an index and as a fund. Their opening prices differ, and so do their reversals. */
export const benchmark = { index: 'GSPC', etf: 'SPY' } as const

/** The nine Select Sector SPDRs with history since 1998. A window uses the funds that have every bar in it. */
export const sectors: Basket = {
  name: 'sectors',
  symbols: ['XLB', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY'],
  benchmark: benchmark.etf,
}

/**
 * The largest companies of the S&P 500 in 2025. They are chosen with hindsight and are not its largest in earlier
 * years.
 */
export const megaCaps: Basket = {
  name: 'mega_caps',
  symbols: ['AAPL', 'AMZN', 'AVGO', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA'],
  benchmark: benchmark.etf,
}

/** Baskets whose comovement is measured. */
export const baskets: readonly Basket[] = [sectors, megaCaps]

/** Funds that trade the whole market. */
export const macroFunds: readonly string[] = ['SPY', 'IVV', 'VOO', 'QQQ', 'IWM', 'DIA', ...sectors.symbols]
