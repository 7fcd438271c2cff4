/** Fingerprints of the pages of evenings. That of a page changes whenever a row changes that the page may show. */
import { createHash } from 'node:crypto'
import type { Engine } from '../../core/engine.ts'
import { isStored, type Relation, storedUnder } from '../../schemas/view.ts'
import { areManyRows } from './kept.ts'

/** Short text that changes whenever one of the values does. */
export const fingerprint = (...values: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)

/** The columns that say to which session a row belongs. */
const sessionColumns = ['event_session', 'session', 'known_session'] as const

const columnsOf = ({ columns }: Relation): readonly string[] => sessionColumns.filter((each) => each in columns)

/**
 * Stored rows from which all rows of these relations follow. A view without `known_session` has rows that are known on the evening of
 * their session, so that the stored rows below it that are known by then say as much, and need no windows and joins.
 */
const groundsOf = (known: readonly Relation[]): readonly Relation[] => {
  const grounds = known.flatMap((relation) =>
    isStored(relation) || 'known_session' in relation.columns ? [relation] : storedUnder([relation]),
  )
  return [...new Set(grounds)].filter((relation) => !areManyRows(relation))
}

/** A sum over the rows of each session. Rows of earlier sessions count for the first one, and so do those without a session. */
const sumsUpTo = (relation: Relation, first: string): string => {
  const columns = columnsOf(relation).map((column) => `r.${column}`)
  // A row may be known before its session or after it.
  const session = `least(${columns.join(', ')})`
  const place = columns.length
    ? `case when ${session} >= date '${first}' then cast(${session} as varchar) else '${first}' end`
    : `'${first}'`
  return `select ${place} as session, cast(sum(cast(hash(r) as hugeint)) as varchar) as total from ${relation.name} r group by 1`
}

/** A sum over the rows of each session from the first one on. */
const sumsOwn = (relation: Relation, first: string): string => {
  const [column] = columnsOf(relation)
  return `select cast(r.${column} as varchar) as session, cast(sum(cast(hash(r) as hugeint)) as varchar) as total
    from ${relation.name} r where r.${column} >= date '${first}' group by 1`
}

interface Sums {
  readonly relation: string
  readonly bySession: ReadonlyMap<string, string>
}

/**
 * A fingerprint for each session: of all rows up to it, for relations that its evening knew, and of its own rows for those that came
 * later, which have a session each.
 */
export const fingerprintsOf = async (
  engine: Engine,
  sessions: readonly string[],
  { known, later }: { readonly known: readonly Relation[]; readonly later: readonly Relation[] },
): Promise<ReadonlyMap<string, string>> => {
  const [first] = sessions
  if (first === undefined) return new Map()
  const grounds = groundsOf(known)
  const answers = await engine.rowsOfAll([
    ...later.map((relation) => sumsOwn(relation, first)),
    ...grounds.map((relation) => sumsUpTo(relation, first)),
  ])
  const sums = [...later, ...grounds].map(
    ({ name }, i): Sums => ({
      relation: name,
      bySession: new Map(answers[i]!.map(({ session, total }) => [String(session), String(total)])),
    }),
  )
  const [after, before] = [sums.slice(0, later.length), sums.slice(later.length)]
  const upTo = createHash('sha256')
  const found = new Map<string, string>()
  for (const session of sessions) {
    for (const { relation, bySession } of before)
      upTo.update(`${relation} ${session} ${bySession.get(session) ?? ''}\n`)
    const own = upTo.copy()
    for (const { relation, bySession } of after) own.update(`${relation} ${bySession.get(session) ?? ''}\n`)
    found.set(session, own.digest('hex').slice(0, 16))
  }
  return found
}
