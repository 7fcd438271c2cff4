/** The claims of the published explanation, in its order. */
import type { Claim } from './claim.ts'
import { eventClaims } from './events.ts'
import { intradayClaims } from './intraday.ts'
import { marketClaims } from './market.ts'
import { narrativeSession } from './narrative-session.ts'
import { priceClaims } from './price.ts'

export { narrativeSession }

export const claims: readonly Claim[] = [...priceClaims, ...intradayClaims, ...marketClaims, ...eventClaims]
