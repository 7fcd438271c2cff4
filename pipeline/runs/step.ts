/** A step of a run: what it does, reads and may write. On AWS each step is a function with exactly these grants. */
import type { Outcome } from '../../core/outcome.ts'
import type { Relation } from '../../schemas/view.ts'
import type { Computation } from '../compute/computation.ts'
import type { Lake } from '../lake/lake.ts'
import { stateKey } from '../silver/staleness.ts'
import { type StepName, stepTexts } from './step-texts.ts'

export interface Reach {
  /** Tables and views that it reads. What these depend on is included. */
  readonly reads: readonly Relation[]
  /** Prefixes of the keys that it may write, and read. */
  readonly writes: readonly string[]
}

interface StepWork extends Reach {
  /** Whether the platform's own engine (Athena) answers its queries, if there is one. */
  readonly isDistributed?: boolean
  /** Memory of its function in MiB, if it needs more than the default. */
  readonly memory?: number
  readonly perform: (lake: Lake, session: string) => Promise<Outcome[]>
}

export interface Step extends StepWork {
  /** Name of the step, its command, its function and its file in `steps/`, which exports `<name>Step`. */
  readonly name: string
  /** One sentence: the description of the command and of the function. */
  readonly doc: string
  /** Whether its command has the option `--session`. Other steps work on the whole lake. */
  readonly takesSession: boolean
}

/** A step: its text from the list, and its work. */
export const stepNamed = (name: StepName, work: StepWork): Step => ({
  ...stepTexts.find((each) => each.name === name)!,
  ...work,
})

export const objectsOf = (relation: { readonly name: string }): string => `silver/${relation.name}/`

/** Keys of the objects and of the state of a computation. */
export const madeBy = ({ into }: Computation): string[] => [objectsOf(into), stateKey(into.name)]
