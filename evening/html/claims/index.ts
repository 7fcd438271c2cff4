/** The claims of the published explanation, in its order. */
import type { Claim } from './claim.ts'
import { eventClaims } from './events.ts'
import { marketClaims } from './market.ts'
import { priceClaims } from './price.ts'

/** The session of the published explanation. */
export const narrativeSession = '2025-11-20'

const all: readonly Claim[] = [...priceClaims, ...marketClaims, ...eventClaims]

export const claimsFor = (session: string): readonly Claim[] =>
  all.filter(({ isOfNarrative }) => !isOfNarrative || session === narrativeSession)
