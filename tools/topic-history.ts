/**
 * What the topic rules scored on speeches that they had never seen. A first measure cannot be repeated, because the mistakes
 * of the first two sets were read afterwards, so its counts are kept here.
 */
import type { Counts } from './topic-measures.ts'

type Row = readonly [hits: number, wrong: number, missed: number]

interface FirstMeasure {
  /** Name of the set in tests/schemas/held-out-sentences.csv. */
  readonly set: 'first' | 'second' | 'third'
  /** Sentences with the right stance, of those that have one. */
  readonly stance: { readonly right: number; readonly n: number }
  /** Counts per topic of the rules before 2026-11-26, and of the rules that were final when the set was opened. */
  readonly topics: Readonly<Record<string, { readonly before: Row; readonly first: Row }>>
}

export const firstMeasures: readonly FirstMeasure[] = [
  {
    set: 'first',
    stance: { right: 32, n: 75 },
    topics: {
      ai_productivity: { before: [4, 1, 1], first: [4, 1, 1] },
      asset_valuations: { before: [13, 2, 6], first: [13, 3, 6] },
      inflation: { before: [40, 9, 2], first: [39, 8, 3] },
      interconnection_leverage: { before: [6, 5, 8], first: [6, 5, 8] },
      labour_market: { before: [24, 5, 0], first: [24, 5, 0] },
      liquidity_funding: { before: [22, 4, 10], first: [26, 4, 6] },
      policy_rate: { before: [18, 5, 8], first: [21, 3, 5] },
      private_credit: { before: [1, 1, 0], first: [1, 1, 0] },
      regulation: { before: [33, 3, 17], first: [36, 3, 14] },
      stablecoins_crypto: { before: [4, 0, 2], first: [4, 0, 2] },
    },
  },
  {
    set: 'second',
    stance: { right: 26, n: 51 },
    topics: {
      ai_productivity: { before: [2, 0, 0], first: [2, 0, 0] },
      asset_valuations: { before: [7, 1, 2], first: [9, 1, 0] },
      inflation: { before: [19, 2, 2], first: [19, 2, 2] },
      interconnection_leverage: { before: [9, 8, 4], first: [10, 10, 3] },
      labour_market: { before: [19, 0, 4], first: [19, 0, 4] },
      liquidity_funding: { before: [17, 3, 6], first: [18, 3, 5] },
      policy_rate: { before: [17, 1, 7], first: [18, 1, 6] },
      private_credit: { before: [0, 0, 0], first: [0, 0, 0] },
      regulation: { before: [33, 3, 13], first: [40, 3, 6] },
      stablecoins_crypto: { before: [0, 0, 0], first: [0, 0, 0] },
    },
  },
  {
    set: 'third',
    stance: { right: 19, n: 37 },
    topics: {
      ai_productivity: { before: [7, 0, 0], first: [7, 0, 0] },
      asset_valuations: { before: [6, 1, 3], first: [7, 0, 2] },
      inflation: { before: [20, 2, 0], first: [19, 2, 1] },
      interconnection_leverage: { before: [2, 1, 0], first: [2, 1, 0] },
      labour_market: { before: [16, 1, 0], first: [16, 1, 0] },
      liquidity_funding: { before: [8, 1, 6], first: [9, 1, 5] },
      policy_rate: { before: [4, 0, 4], first: [5, 0, 3] },
      private_credit: { before: [0, 0, 0], first: [0, 0, 0] },
      regulation: { before: [3, 0, 0], first: [3, 0, 0] },
      stablecoins_crypto: { before: [5, 1, 1], first: [5, 1, 1] },
    },
  },
]

/** F1 per topic of an outside labelling of unseen speeches (2026-11-26), of the rules before that day. It published these only. */
export const outside: Readonly<Record<string, string>> = {
  asset_valuations: '0.77',
  inflation: '0.71 (precision 0.59)',
  interconnection_leverage: '0.68 (recall 0.59)',
  liquidity_funding: '0.77',
  policy_rate: '0.78',
  regulation: '0.74 (recall 0.67)',
}

const counts = ([hits, wrong, missed]: Row): Counts => ({ hits, wrong, missed })

/** Counts per topic of one first measure. */
export const firstCounts = ({ topics }: FirstMeasure, rules: 'before' | 'first'): Map<string, Counts> =>
  new Map(Object.entries(topics).map(([name, rows]) => [name, counts(rows[rules])]))
