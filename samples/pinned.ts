/**
 * Published figures of the event week, which the simulation matches: a table of facts.
 * Index, SPY and volatility figures are from Cboe, Yahoo and Stooq. Figures of trading desks are quoted and not
 * verified.
 */

export interface PinnedBar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume?: number
}

export const eventSession = '2025-11-20'
export const eveBefore = '2025-11-19'

/** Closes of the session before the event. The simulated paths are scaled to end there. */
export const eveCloses: Readonly<Record<string, number>> = {
  GSPC: 6642.16,
  SPY: 662.63,
  QQQ: 599.87,
  NVDA: 186.52,
  XLK: 279.5,
  XLP: 76.4,
  XLV: 152.1,
  WMT: 100.61,
}

export const eventBars: Readonly<Record<string, PinnedBar>> = {
  GSPC: { open: 6737.93, high: 6770.35, low: 6534.05, close: 6538.76 },
  SPY: { open: 672.91, high: 675.56, low: 651.89, close: 652.53, volume: 165_293_500 },
  NVDA: { open: 195.95, high: 196, low: 179.85, close: 180.64, volume: 343_500_000 },
}

/** Opening gap and close-to-close return, for symbols for which only these are recorded. */
export const eventReturns: Readonly<Record<string, { readonly gap: number; readonly close: number }>> = {
  QQQ: { gap: 0.0196, close: -0.0237 },
  XLK: { gap: 0.023, close: -0.0314 },
  XLP: { gap: 0.001, close: 0.0072 },
  XLV: { gap: 0.004, close: -0.006 },
  WMT: { gap: 0.0331, close: 0.0646 },
}

interface Levels {
  readonly open?: number
  readonly high?: number
  readonly low?: number
  readonly close: number
}

/** Volatility indices on the sessions that the published explanation names. */
export const volatility: Readonly<Record<string, Readonly<Record<string, Levels>>>> = {
  VIX: {
    '2025-04-08': { open: 44.04, high: 57.52, low: 36.48, close: 52.33 },
    '2025-04-24': { open: 28.69, high: 29.66, low: 26.35, close: 26.47 },
    '2025-10-17': { open: 28.06, high: 28.99, low: 20.31, close: 20.78 },
    '2025-11-18': { open: 23.99, high: 25.84, low: 23.06, close: 24.69 },
    '2025-11-19': { open: 24.01, high: 24.79, low: 21.23, close: 23.66 },
    '2025-11-20': { open: 20.78, high: 28.27, low: 19.28, close: 26.42 },
  },
  VIX9D: { '2025-11-18': { close: 25.18 }, '2025-11-19': { close: 23.1 }, '2025-11-20': { close: 26.35 } },
  VIX3M: { '2025-11-18': { close: 24.54 }, '2025-11-19': { close: 23.99 }, '2025-11-20': { close: 25.76 } },
  VVIX: { '2025-11-18': { close: 124.3 }, '2025-11-19': { close: 119.6 }, '2025-11-20': { close: 128.65 } },
  SKEW: { '2025-11-18': { close: 143 }, '2025-11-19': { close: 143.1 }, '2025-11-20': { close: 144.96 } },
}

/** Dealer gamma in USD per 1 % move, from SqueezeMetrics. */
export const gamma: Readonly<Record<string, number>> = {
  '2025-11-11': 7.92e9,
  '2025-11-18': 3.09e9,
  '2025-11-19': 3.21e9,
  '2025-11-20': 1.34e9,
}

/** Top-of-book depth in USD, as a trading desk reported it: $5M against a mean of $11M. */
export const depth: Readonly<Record<string, number>> = {
  '2025-11-17': 8.1e6,
  '2025-11-18': 6.4e6,
  '2025-11-19': 5.2e6,
  '2025-11-20': 5e6,
}
export const depthMean = 11e6

/** ETF share of dollar volume, as a trading desk reported it: 41 % against 28 %. */
export const etfShare = { usual: 0.28, event: 0.41 } as const

/** Payroll levels in thousands, by vintage: July, August and September 2025, from FRED. */
export const payrolls: readonly { readonly vintage: string; readonly levels: Readonly<Record<string, number>> }[] = [
  { vintage: '2025-08-01', levels: { '2025-06-01': 159_466, '2025-07-01': 159_539 } },
  { vintage: '2025-09-05', levels: { '2025-06-01': 159_439, '2025-07-01': 159_518, '2025-08-01': 159_540 } },
  {
    vintage: '2025-11-20',
    levels: { '2025-06-01': 159_439, '2025-07-01': 159_511, '2025-08-01': 159_507, '2025-09-01': 159_626 },
  },
]

/** NVDA revenue in USD by quarter end, with the day of the filing. */
export const nvdaRevenue: readonly (readonly [start: string, end: string, filed: string, revenue: number])[] = [
  ['2024-01-29', '2024-04-28', '2024-05-22', 26.044e9],
  ['2024-04-29', '2024-07-28', '2024-08-28', 30.04e9],
  ['2024-07-29', '2024-10-27', '2024-11-20', 35.082e9],
  ['2025-01-27', '2025-04-27', '2025-05-28', 44.062e9],
  ['2025-04-28', '2025-07-27', '2025-08-27', 46.743e9],
  ['2025-07-28', '2025-10-26', '2025-11-19', 57.006e9],
]

/** Revenue of nine months and of the year. Their difference is the fourth quarter. */
export const nvdaSpans: typeof nvdaRevenue = [
  ['2024-01-29', '2024-10-27', '2024-11-20', 91.166e9],
  ['2024-01-29', '2025-01-26', '2025-02-26', 130.497e9],
]

/** Results of NVDA and their consensus, as published that week: revenue, earnings per share and revenue guidance. */
export const nvdaReport = {
  periodStart: '2025-07-28',
  periodEnd: '2025-10-26',
  nextEnd: '2026-01-25',
  knownAt: '2025-11-19T21:20:31Z',
  expectedAt: '2025-11-18T21:00:00Z',
  revenue: { actual: 57.006e9, expected: 54.92e9 },
  eps_nongaap: { actual: 1.3, expected: 1.25 },
  revenue_guidance: { actual: 65e9, expected: 61.66e9 },
} as const

/** Unemployment rate in per cent. */
export const unemploymentRate: Readonly<Record<string, number>> = {
  '2025-07-01': 4.2,
  '2025-08-01': 4.3,
  '2025-09-01': 4.4,
}

const holds = 'maintain the target range for the federal funds rate at 4-1/4 to 4-1/2 percent'

/** Meetings of the FOMC in 2025, with the decision in the words of the statement. */
export const fomcMeetings: readonly (readonly [first: string, last: string, decision: string])[] = [
  ['2025-01-28', '2025-01-29', holds],
  ['2025-03-18', '2025-03-19', holds],
  ['2025-05-06', '2025-05-07', holds],
  ['2025-06-17', '2025-06-18', holds],
  ['2025-07-29', '2025-07-30', holds],
  [
    '2025-09-16',
    '2025-09-17',
    'lower the target range for the federal funds rate by 1/4 percentage point to 4 to 4-1/4 percent',
  ],
  [
    '2025-10-28',
    '2025-10-29',
    'lower the target range for the federal funds rate by 1/4 percentage point to 3-3/4 to 4 percent',
  ],
  ['2025-12-09', '2025-12-10', ''],
]
