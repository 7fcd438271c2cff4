/**
 * Which years of a derived relation are out of date. `state/<name>.json` records, per year, the object versions that the
 * year was computed from. It can be deleted safely: the year is then computed again.
 */
import { createHash } from 'node:crypto'
import { ConflictError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import type { Relation } from '../../schemas/view.ts'
import { inOrderOfTime, type Partition, placeIn, yearIn } from './partitions.ts'

/** A relation that the pipeline derives and stores by year. */
export interface Derived {
  readonly name: string
  /** Stored relations that it is computed from. */
  readonly reads: readonly Relation[]
  /** Those of them whose years are its years. By default the first one. */
  readonly yearsOf?: readonly Relation[]
  /** How many calendar days before a year its rows depend on. */
  readonly daysBack: number
  /** Text that changes when the definition does. */
  readonly definition: string
  /** Whether rows of a year may depend on objects of later years. */
  readonly readsAhead?: boolean
  /** Of a relation that reads ahead: what it reads up to the year of a row only. */
  readonly notAhead?: readonly Relation[]
}

export interface Staleness {
  /** Years that must be computed again, in order. */
  readonly stale: readonly number[]
  /** Per year a hash of the definition and of the object versions that it depends on now. */
  readonly inputs: ReadonlyMap<number, string>
}

/** What a year was computed from: the hash of its inputs, and those of single days for a relation that is computed by day. */
export interface Made {
  readonly inputs: string
  readonly days?: Readonly<Record<string, string>>
}

/** Per year what it was computed from, and the version of the object that was written. Null means that there were no rows. */
export type State = Record<string, Made & { readonly version: string | null }>

export const stateKey = (name: string) => `state/${name}.json`

/** Per relation and partition a text that changes whenever the object is replaced. */
export type Versions = ReadonlyMap<string, ReadonlyMap<Partition, string>>

/** Of all relations, or of one. */
export const silverVersions = async (store: ObjectStore, of?: string): Promise<Versions> => {
  const versions = new Map<string, Map<Partition, string>>()
  for (const [key, version] of await store.versions(of === undefined ? 'silver' : `silver/${of}`)) {
    const place = placeIn(key)
    if (!place) continue
    const partitions = versions.get(place.name) ?? new Map<Partition, string>()
    versions.set(place.name, partitions.set(place.partition, version))
  }
  return versions
}

/** The objects of one relation in order of time. */
interface InOrder {
  readonly partitions: readonly Partition[]
  /** Of each of them the year, and the text that stands for the object in hashes of inputs. */
  readonly inputs: readonly { readonly year: number; readonly text: string }[]
}

/** A lake has thousands of objects, and each of some dozen relations asks for those that it reads, year by year. */
const ordered = new WeakMap<ReadonlyMap<Partition, string>, InOrder>()

const inOrderIn = (versions: Versions, name: string): InOrder => {
  const own = versions.get(name)
  if (!own) return { partitions: [], inputs: [] }
  const known = ordered.get(own)
  if (known) return known
  const partitions = [...own.keys()].sort(inOrderOfTime)
  const inputs = partitions.map((each) => ({ year: yearIn(each), text: `\n${name} ${each} ${own.get(each)}` }))
  const made = { partitions, inputs }
  ordered.set(own, made)
  return made
}

export const partitionsIn = (versions: Versions, name: string): readonly Partition[] =>
  inOrderIn(versions, name).partitions

const yearsIn = (versions: Versions, name: string): number[] => [
  ...new Set(inOrderIn(versions, name).inputs.map(({ year }) => year)),
]

/** Reference tables are read whole, whatever the year. */
export const isReference = (relation: Relation): boolean => relation.kind === 'table' && relation.isReference

export const daysBefore = (day: string, count: number): string =>
  new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10)

/** First day whose rows are read for a year. Undefined means that all earlier rows are read. */
export const firstDayRead = (year: number, daysBack: number): string | undefined =>
  Number.isFinite(daysBack) ? daysBefore(`${year}-01-01`, daysBack) : undefined

const firstYearRead = (year: number, daysBack: number): number => Number(firstDayRead(year, daysBack)?.slice(0, 4) ?? 0)

export const staleness = async (store: ObjectStore, derived: Derived, versions: Versions): Promise<Staleness> => {
  const state = await readState<State>(store, derived.name)
  const inputs = inputsByYear(derived, versions)
  const years = [...inputs.keys()]
  const stale = years.filter((year) => {
    const made = state[year]
    return !made || made.inputs !== inputs.get(year) || made.version !== (versions.get(derived.name)?.get(year) ?? null)
  })
  return { stale, inputs }
}

/**
 * Per year, in order, a hash that changes when the definition or an input of the year changes. The years are those of the relations
 * that determine them, or of the given ones.
 */
export const inputsByYear = (
  derived: Derived,
  versions: Versions,
  of: readonly Relation[] = derived.yearsOf ?? derived.reads.slice(0, 1),
): Map<number, string> => {
  const wanted = of.flatMap(({ name }) => yearsIn(versions, name))
  const present = yearsIn(versions, derived.name)
  const years = [...new Set([...wanted, ...present])].sort((a, b) => a - b)
  // Definitions are long: each is hashed once, and the inputs of each year after it.
  const begun = createHash('sha256').update(derived.definition)
  return new Map(
    years.map((year) => [
      year,
      begun
        .copy()
        .update(readBy(derived, versions, year))
        .digest('hex'),
    ]),
  )
}

/** The objects that a year depends on, as one text. */
const readBy = (derived: Derived, versions: Versions, year: number): string => {
  const { reads, daysBack, readsAhead = false, notAhead = [] } = derived
  const first = firstYearRead(year, daysBack)
  let read = ''
  for (const each of reads) {
    const isWhole = isReference(each) || (readsAhead && !notAhead.includes(each))
    for (const input of inOrderIn(versions, each.name).inputs)
      if (isWhole || (input.year >= first && input.year <= year)) read += input.text
  }
  return read
}

/** The notes about a derived relation. They are empty if the object is missing or cannot be parsed. */
export const readState = async <T extends object>(store: ObjectStore, name: string): Promise<Partial<T>> => {
  const body = await store.get(stateKey(name))
  if (!body) return {}
  try {
    return JSON.parse(new TextDecoder().decode(body)) as T
  } catch {
    return {}
  }
}

/** Replaces the notes. If another writer was faster, nothing is written, and the years are computed again later. */
export const writeState = async (store: ObjectStore, name: string, change: () => Promise<object>): Promise<void> => {
  const before = await store.snapshot(stateKey(name))
  const body = new TextEncoder().encode(`${JSON.stringify(await change())}\n`)
  try {
    await store.put(stateKey(name), body, before ? { etag: before.etag } : 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
  }
}

/** Records which inputs the given years were computed from. Returns the versions of the objects. */
export const noteMade = async (
  store: ObjectStore,
  name: string,
  made: ReadonlyMap<number, Made>,
): Promise<ReadonlyMap<Partition, string>> => {
  let versions: ReadonlyMap<Partition, string> = new Map()
  await writeState(store, name, async () => {
    versions = (await silverVersions(store, name)).get(name) ?? new Map()
    const years = [...made].map(([year, each]) => [year, { ...each, version: versions.get(year) ?? null }])
    return { ...(await readState<State>(store, name)), ...Object.fromEntries(years) }
  })
  return versions
}
