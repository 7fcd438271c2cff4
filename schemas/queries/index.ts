/** The saved queries, by name; also in the query editor of a deployed Athena, and in docs/queries.md. */
import { eveningQueries } from './evening.ts'
import { eventQueries } from './events.ts'
import { marketQueries } from './market.ts'
import { priceQueries } from './price.ts'
import type { SavedQuery } from './query.ts'
import { trustQueries } from './trust.ts'

export type { SavedQuery }

/** By what they are about. */
export const queriesByTopic = {
  'The evening': eveningQueries,
  'Price and volatility': priceQueries,
  'Flow, correlation, dealers, depth': marketQueries,
  Catalysts: eventQueries,
  Trust: trustQueries,
} as const satisfies Readonly<Record<string, readonly SavedQuery[]>>

export const queries: readonly SavedQuery[] = Object.values(queriesByTopic).flat()
