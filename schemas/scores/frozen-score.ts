/** A frozen score: what it is made of, when it was fixed, and what was looked at before. A change of any of this needs a new name. */

export interface Component {
  /** Column of the view of the score. A high value means risk. */
  readonly column: string
  readonly doc: string
  /** Number of sessions that the value looks back. 0: the value of the session alone. */
  readonly window: number
  readonly weight: number
}

export interface FrozenScore {
  /** Name of the view, and of its column that holds the score. */
  readonly name: string
  readonly components: readonly Component[]
  /** A component has a percentile from this number of values on. */
  readonly fewestValues: number
  readonly percentile: string
  readonly frozenOn: string
  /** What was looked at before the freeze, in sample. */
  readonly lookedAt: {
    readonly from: string
    readonly to: string
    readonly label: string
    /** Number of alternatives that were compared. The published intervals are not corrected for them. */
    readonly alternatives: number
  }
}
