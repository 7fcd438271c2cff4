/**
 * The notes of `tag` about its work. `state/catalysts.json` records, per kind, its rules and the versions of the objects
 * that they read, and the versions of the objects that hold the rows. It can be deleted safely: all kinds are then tagged again.
 */
import { createHash } from 'node:crypto'
import type { ObjectStore } from '../../core/platform.ts'
import { version } from '../../core/version.ts'
import type { Catalyst } from '../../schemas/catalyst.ts'
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { closures } from '../../schemas/tables/closures.ts'
import { earlierCatalysts } from '../../schemas/tables/earlier_catalysts.ts'
import { sessions } from '../../schemas/tables/sessions.ts'
import { type Relation, renderView, storedUnder, withAllBelow } from '../../schemas/view.ts'
import { partitionsIn, readState, type Versions, writeState } from '../silver/staleness.ts'

/** A kind whose rows are up to date. */
interface Tagged {
  readonly inputs: string
  readonly rowCount: number
}

export interface TagNotes {
  /** Hash of the versions of the objects that hold the rows. */
  readonly objects: string
  readonly kinds: Readonly<Record<string, Tagged>>
}

const hashOf = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 32)

const versionsOf = (relations: readonly Relation[], versions: Versions): string[] =>
  relations.flatMap(({ name }) =>
    partitionsIn(versions, name).map((each) => `${name} ${each} ${versions.get(name)!.get(each)}`),
  )

/** Texts that change when a rule does. Helpers of a rule are not among them, so that each release tags all kinds again. */
const rulesOf = (kind: Catalyst): string[] =>
  [kind, ...kind.earlier].flatMap(({ version: ruleVersion, candidates, tag }) => [
    `${kind.kind} ${kind.scope} v${ruleVersion}`,
    candidates.text,
    String(tag),
    ...withAllBelow(candidates.reads).flatMap((each) => (each.kind === 'view' ? [renderView(each)] : [])),
  ])

/** Per kind a hash that changes when its rules, or an object that they read, change. Sessions come from the calendar. */
export const inputsOfKinds = (kinds: readonly Catalyst[], versions: Versions): ReadonlyMap<string, string> =>
  new Map(
    kinds.map((kind) => {
      const reads = storedUnder([kind, ...kind.earlier].flatMap(({ candidates }) => candidates.reads))
      const texts = [version, ...rulesOf(kind), ...versionsOf([sessions, closures, ...reads], versions)]
      return [kind.kind, hashOf(texts)]
    }),
  )

/** Hash of the versions of the objects that hold the rows of all kinds. */
export const taggedObjects = (versions: Versions): string => hashOf(versionsOf([catalysts, earlierCatalysts], versions))

/** The kinds that need not be tagged again, with their numbers of rows. */
export const keptKinds = async (
  store: ObjectStore,
  inputs: ReadonlyMap<string, string>,
  versions: Versions,
): Promise<ReadonlyMap<string, number>> => {
  const { objects, kinds = {} } = await readState<TagNotes>(store, catalysts.name)
  if (objects !== taggedObjects(versions)) return new Map()
  const kept = Object.entries(kinds).filter(([kind, { inputs: made }]) => made === inputs.get(kind))
  return new Map(kept.map(([kind, { rowCount }]) => [kind, rowCount]))
}

export const noteTagged = (store: ObjectStore, notes: TagNotes): Promise<void> =>
  writeState(store, catalysts.name, async () => notes)
