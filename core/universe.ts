/** What to follow: symbols, funds, filers and series. One configuration file, with a default in the project. */
import { z } from 'zod'
import { parseConfiguration } from './configuration.ts'

const symbols = z.array(z.string().min(1))

const shape = z.strictObject({
  etfs: symbols,
  stocks: symbols,
  indices: symbols,
  /** Symbols that come from Tiingo instead; needs TIINGO_API_KEY. */
  tiingo: symbols,
  volatilityIndices: symbols,
  /** Funds whose shares and NAV State Street publishes. */
  funds: symbols,
  /** Funds whose holdings State Street publishes. */
  holdings: symbols.default([]),
  /** Underlyings whose option chain is kept each evening. */
  optionChains: symbols.default([]),
  /** Whether put/call ratios are followed: one request per session. */
  putCallRatios: z.boolean().default(false),
  filers: z.array(z.strictObject({ symbol: z.string(), cik: z.string().regex(/^\d{10}$/) })),
  /** Statistics, by catalyst kind. */
  releases: symbols,
  /** Sent to the SEC, which refuses anonymous programs: a name and an address that answers. */
  contact: z.string(),
})

export type Universe = z.output<typeof shape>

export const parseUniverse = (text: string, place: string): Universe => parseConfiguration(shape, text, place)
