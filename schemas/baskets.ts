/** Groups of symbols that features are computed over. An analyst adds others with `import baskets`. */

interface Basket {
  readonly name: string
  readonly symbols: readonly string[]
  /** What stands for the market that the members follow. */
  readonly benchmark: string
}

/** The S&P 500 as an index and as a fund: their opens, and so their reversals, disagree. */
export const benchmark = { index: 'GSPC', etf: 'SPY' } as const

/** The nine Select Sector SPDRs with history since 1998; a window uses those that have every bar in it. */
export const sectors: Basket = {
  name: 'sectors',
  symbols: ['XLB', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY'],
  benchmark: benchmark.etf,
}

/** The largest companies of the S&P 500 in 2025, which moved it. Chosen with hindsight: not a history of its largest. */
export const megaCaps: Basket = {
  name: 'mega_caps',
  symbols: ['AAPL', 'AMZN', 'AVGO', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA'],
  benchmark: benchmark.etf,
}

/** Groups whose common movement is measured. */
export const baskets: readonly Basket[] = [sectors, megaCaps]

/** Funds through which the market is bought and sold as a whole. */
export const macroFunds: readonly string[] = ['SPY', 'IVV', 'VOO', 'QQQ', 'IWM', 'DIA', ...sectors.symbols]
