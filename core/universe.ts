/**
 * The universe: symbols, funds, filers and series that the lake follows. It is one JSON file with a default in the
 * project.
 */
import { z } from 'zod'
import { parseConfiguration } from './configuration.ts'

const symbols = z.array(z.string().min(1))

const shape = z.strictObject({
  etfs: symbols,
  stocks: symbols,
  indices: symbols,
  /** Symbols whose bars come from Tiingo. They require TIINGO_API_KEY. */
  tiingo: symbols,
  volatilityIndices: symbols,
  /** Funds whose shares and NAV State Street publishes. */
  funds: symbols,
  /** Funds whose holdings State Street publishes. */
  holdings: symbols.default([]),
  /** Underlyings whose option chain is fetched each evening. */
  optionChains: symbols.default([]),
  /** True if put/call ratios are fetched, with one request per session. */
  putCallRatios: z.boolean().default(false),
  /** True if the volume of every symbol and the symbol directory are fetched, for the measured ETF share of volume. */
  symbolVolumes: z.boolean().default(false),
  filers: z.array(z.strictObject({ symbol: z.string(), cik: z.string().regex(/^\d{10}$/) })),
  /** Macro releases, by catalyst kind. */
  releases: symbols,
  /** Last session of each symbol that was delisted. Sources are not asked for later sessions, and none is missing. */
  lastSessions: z.record(z.string(), z.iso.date()).default({}),
  /** A name and an e-mail address, sent to the SEC, which refuses requests without them. */
  contact: z.string(),
})

export type Universe = z.output<typeof shape>

export const parseUniverse = (text: string, place: string): Universe => parseConfiguration(shape, text, place)

const symbolLists = ['etfs', 'stocks', 'indices', 'tiingo', 'funds', 'holdings', 'optionChains'] as const

/** The universe without the symbols that are left out, and without those whose declared last session was before a session. */
export const tradedSince = (universe: Universe, session: string, leftOut: readonly string[] = []): Universe => {
  const isTraded = (symbol: string) =>
    !leftOut.includes(symbol) && (universe.lastSessions[symbol] ?? session) >= session
  return { ...universe, ...Object.fromEntries(symbolLists.map((list) => [list, universe[list].filter(isTraded)])) }
}

/** The symbols that sources are asked for, once each. */
export const askedSymbols = (universe: Universe): readonly string[] => [
  ...new Set(symbolLists.flatMap((list) => universe[list])),
]
