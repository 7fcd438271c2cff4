/**
 * The precursors of the score: columns of crash_precursors, the group of each and the side on which its risk lies.
 * Chosen from the literature and the published explanation on 2026-11-23, before any evaluation; weights are equal and stay so.
 */
import type { crashPrecursors } from './views/composite/crash_precursors.ts'

export const groups = ['price', 'volatility', 'correlation', 'liquidity', 'flow', 'catalyst', 'macro'] as const
export type Group = (typeof groups)[number]

interface Precursor {
  readonly column: keyof typeof crashPrecursors.columns & string
  readonly group: Group
  /** 1: a high value means risk. -1: a low value means risk. */
  readonly direction: 1 | -1
}

const of = (group: Group, columns: Partial<Record<Precursor['column'], Precursor['direction']>>): Precursor[] =>
  Object.entries(columns).map(([column, direction]) => ({ column: column as Precursor['column'], group, direction }))

export const precursors: readonly Precursor[] = [
  ...of('price', {
    index_close_return: -1,
    index_drawdown_252: -1,
    index_range_fraction: 1,
    index_fade_from_high: -1,
  }),
  ...of('volatility', {
    vix_close: 1,
    vix_change: 1,
    vix_term_structure: 1,
    vvix_close: 1,
    index_realized_volatility_20: 1,
    index_parkinson_20: 1,
  }),
  ...of('correlation', {
    average_correlation_20: 1,
    average_correlation_60: 1,
    beta_dominance_60: 1,
    absorption_shift: 1,
    turbulence: 1,
  }),
  ...of('liquidity', {
    depth_ratio: -1,
    net_gamma_known: -1,
    etf_amihud_21: 1,
    etf_corwin_schultz_21: 1,
    etf_abdi_ranaldo_21: 1,
    etf_edge_21: 1,
  }),
  ...of('flow', {
    etf_share_z_known: 1,
    etf_flow_fraction_known: -1,
    redemption_pressure_known: 1,
    put_call_total_known: 1,
    mega_cap_spread_20: 1,
  }),
  ...of('catalyst', { catalyst_kind_count: 1 }),
  ...of('macro', { payrolls_age_days: 1 }),
]

/** The score is NULL if a smaller share of its precursors, or fewer groups, are known. */
export const fewestCovered = 0.6
export const fewestGroups = 3
/** A percentile is NULL until a precursor has this many values. */
export const fewestObservations = 252
