/** Groups of symbols that features are computed over. */

/** The nine Select Sector SPDRs with history since 1998; a window uses those that have every bar in it. */
export const sectors = ['XLB', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLU', 'XLV', 'XLY'] as const

/** The S&P 500 as an index and as a fund: their opens, and so their reversals, disagree. */
export const benchmark = { index: 'GSPC', etf: 'SPY' } as const
