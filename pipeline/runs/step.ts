/** A step of the evening: what it reads, what it may write, what it does. On AWS each is a function with just these grants. */

import type { Outcome } from '../../core/outcome.ts'
import type { Relation } from '../../schemas/view.ts'
import type { Computation } from '../compute/computation.ts'
import type { Lake } from '../lake/lake.ts'
import { stateKey } from '../silver/staleness.ts'

export interface Reach {
  /** Tables and views that it looks at; what they rest on is included. */
  readonly reads: readonly Relation[]
  /** Beginnings of the keys that it may write; it may read them too. */
  readonly writes: readonly string[]
}

export interface Step extends Reach {
  readonly name: string
  /** Whether the platform's own engine answers its queries, where there is one. */
  readonly isDistributed?: boolean
  readonly perform: (lake: Lake, session: string) => Promise<Outcome[]>
}

export const objectsOf = (relation: { readonly name: string }): string => `silver/${relation.name}/`

/** Objects and notes of a computation. */
export const madeBy = ({ into }: Computation): string[] => [objectsOf(into), stateKey(into.name)]
