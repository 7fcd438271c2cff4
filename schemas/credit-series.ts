/** Series of credit spreads, the slope of the curve and financial conditions on FRED. */

export interface CreditSeries {
  readonly title: string
  readonly unit: string
  /**
   * `final`: a figure stays as it was published, on the morning after its day.
   * `estimated`: each release estimates the whole history anew, so that a figure counts only with its vintage.
   */
  readonly history: 'final' | 'estimated'
}

const percent = { unit: '%', history: 'final' } as const
const index = { unit: 'index', history: 'estimated' } as const

export const creditSeries = {
  BAMLH0A0HYM2: { ...percent, title: 'ICE BofA US high yield, option-adjusted spread' },
  BAMLC0A0CM: { ...percent, title: 'ICE BofA US corporate, option-adjusted spread' },
  BAA10Y: { ...percent, title: "Moody's Baa corporate yield less the 10-year Treasury yield" },
  T10Y2Y: { ...percent, title: '10-year less 2-year Treasury yield' },
  T10Y3M: { ...percent, title: '10-year less 3-month Treasury yield' },
  NFCI: { ...index, title: 'Chicago Fed National Financial Conditions Index' },
  STLFSI4: { ...index, title: 'St. Louis Fed Financial Stress Index' },
} as const satisfies Record<string, CreditSeries>

export const creditSeriesNames: readonly string[] = Object.keys(creditSeries)

/** Names under which FRED has carried the estimated indices. */
export const estimatedSeries: readonly string[] = [
  ...creditSeriesNames.filter((name) => creditSeries[name as keyof typeof creditSeries].history === 'estimated'),
  ...['ANFCI', 'NFCICREDIT', 'NFCILEVERAGE', 'NFCIRISK', 'NFCINONFINLEVERAGE', 'STLFSI', 'STLFSI2', 'STLFSI3'],
]
