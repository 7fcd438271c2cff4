/** Days of a computation: what each day of a year depends on, and which days have to be computed again. */

import { createHash } from 'node:crypto'
import type { ObjectStore } from '../../core/platform.ts'
import { isStoredBySession, type Relation, storedUnder } from '../../schemas/view.ts'
import type { Lake } from '../lake/lake.ts'
import {
  type Derived,
  daysBefore,
  isReference,
  partitionsIn,
  readState,
  type State,
  type Versions,
} from '../silver/staleness.ts'
import { inSpan } from './span.ts'

/** Per day of a year with an object of the first relation read, a hash of the definition and of all inputs of that day. */
export const inputsByDay = async (
  lake: Lake,
  { reads, daysBack, definition }: Pick<Derived, 'reads' | 'daysBack' | 'definition'>,
  year: number,
  versions: Versions,
): Promise<Readonly<Record<string, string>>> => {
  const stored = storedUnder(reads)
  const byDay = stored.filter(isStoredBySession)
  const byYear = stored.filter((each) => !isStoredBySession(each) && !isReference(each))
  const known: Input[] = [
    ...byDay.flatMap((each) =>
      partitionsIn(versions, each.name).map((day) => ({ day: String(day), text: versionOf(versions, each, day) })),
    ),
    ...(await digests(lake, byYear, { since: daysBefore(`${year}-01-01`, daysBack), to: year }, versions)),
  ]
  const always = stored
    .filter(isReference)
    .flatMap((each) => partitionsIn(versions, each.name).map((part) => versionOf(versions, each, part)))
  const wanted = partitionsIn(versions, stored[0]!.name).map(String)
  return Object.fromEntries(
    wanted
      .filter((day) => Number(day.slice(0, 4)) === year)
      .map((day) => {
        const first = daysBefore(day, daysBack)
        const own = known.filter((each) => each.day >= first && each.day <= day).map(({ text }) => text)
        return [day, hashOf([definition, ...always, ...own])]
      }),
  )
}

interface Input {
  readonly day: string
  readonly text: string
}

const versionOf = (versions: Versions, { name }: Relation, partition: number | string) =>
  `${name} ${partition} ${versions.get(name)!.get(partition)}`

const hashOf = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16)

/** A digest of the rows of each day: the object of a year is also replaced for the sake of other days. */
const digests = async (
  lake: Lake,
  relations: readonly Relation[],
  range: { readonly since: string; readonly to: number },
  versions: Versions,
): Promise<Input[]> => {
  const found: Input[] = []
  if (relations.length === 0) return found
  await inSpan(lake, relations, versions, range, async ({ engine }) => {
    for (const { name, columns, ...relation } of relations) {
      const day = 'yearOf' in relation ? relation.yearOf : relation.materialized!.yearOf
      const rows = await engine.rows<{ day: string; digest: string }>(
        `select cast(cast(${day} as date) as varchar) as day,
           cast(sum(cast(hash(${Object.keys(columns).join(', ')}) as hugeint)) as varchar) as digest
         from ${name} group by all order by all`,
      )
      found.push(...rows.map((row) => ({ day: row.day, text: `${name} ${row.day} ${row.digest}` })))
    }
  })
  return found
}

/** The first and the last day that have to be computed again, and the version of the object that holds the other days. */
export interface ChangedDays {
  readonly version: string
  /** Undefined if no day has changed. */
  readonly range: { readonly first: string; readonly last: string } | undefined
}

/** Undefined if the whole year has to be computed: the object is not the one that was noted. */
export const changedDays = async (
  store: ObjectStore,
  name: string,
  year: number,
  days: Readonly<Record<string, string>>,
  versions: Versions,
): Promise<ChangedDays | undefined> => {
  const made = (await readState<State>(store, name))[year]
  const version = versions.get(name)?.get(year)
  if (!made?.days || version === undefined || made.version !== version) return undefined
  const changed = [...new Set([...Object.keys(made.days), ...Object.keys(days)])]
    .filter((day) => made.days![day] !== days[day])
    .sort()
  return { version, range: changed.length > 0 ? { first: changed[0]!, last: changed.at(-1)! } : undefined }
}
