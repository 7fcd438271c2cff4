/** What to follow: symbols, funds, filers and series. One configuration file, with a default in the project. */
import { z } from 'zod'
import { UsageError } from './errors.ts'

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

export const parseUniverse = (text: string, place: string): Universe => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${place} is not JSON: ${(error as Error).message}`)
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new UsageError(`${place}: ${issue?.path.join('.') || 'file'}: ${issue?.message}`)
}
