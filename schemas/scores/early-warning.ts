/** The definition of early_warning, frozen on 2026-11-26. Another definition gets another name. */
import type { Component, FrozenScore } from './frozen-score.ts'

/** Share of the return of Treasuries (TLT) that is taken off the return of high-yield bonds (HYG). */
export const treasuryShare = 0.25
export const creditSymbols = { highYield: 'HYG', treasuries: 'TLT' } as const
export const creditWindow = 63
export const breadthWindow = 63

const third = 1 / 3
const quarter = 1 / 4
const percentile = 'expanding mid-rank: (values below + half of the equal values) / values, including the session'

const market = (weight: number): Component[] => [
  { column: 'vix_close', doc: 'close of VIX', window: 0, weight },
  { column: 'vix_term_structure', doc: 'close of VIX / close of VIX3M', window: 0, weight },
  {
    column: 'credit_stress_63',
    doc: `-(ln(HYG / HYG ${creditWindow} sessions ago) - ${treasuryShare} ln(TLT / TLT ${creditWindow} sessions ago))`,
    window: creditWindow,
    weight,
  },
]

const frozen = {
  fewestValues: 252,
  percentile,
  frozenOn: '2026-11-26',
  lookedAt: { from: '1990-01-02', to: '2026-07-24', label: '0.05x20', alternatives: 75 },
} as const

export const earlyWarningDefinition: FrozenScore = { name: 'early_warning', components: market(third), ...frozen }

export const earlyWarningBreadthDefinition: FrozenScore = {
  name: 'early_warning_breadth',
  components: [
    ...market(quarter),
    {
      column: 'breadth_63',
      doc: `-mean over ${breadthWindow} sessions of (advancing - declining) / (advancing + declining), NYSE issues`,
      window: breadthWindow,
      weight: quarter,
    },
  ],
  ...frozen,
}
