/** The claims of the account, in its order. */
import type { Claim } from './claim.ts'
import { eventClaims } from './events.ts'
import { marketClaims } from './market.ts'
import { priceClaims } from './price.ts'

/** The session that the account is of. */
export const accountSession = '2025-11-20'

const all: readonly Claim[] = [...priceClaims, ...marketClaims, ...eventClaims]

export const claimsFor = (session: string): readonly Claim[] =>
  all.filter(({ isOfAccount }) => !isOfAccount || session === accountSession)
