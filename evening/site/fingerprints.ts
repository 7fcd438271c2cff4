/** Fingerprints of the pages of evenings. That of a page changes whenever a row changes that the page may show. */
import { createHash } from 'node:crypto'
import type { Engine } from '../../core/engine.ts'
import type { Relation } from '../../schemas/view.ts'

/** Short text that changes whenever one of the values does. */
export const fingerprint = (...values: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)

/** The column that says to which session a row belongs. */
const sessionColumns = ['event_session', 'session', 'known_session'] as const

interface Sums {
  readonly relation: string
  /** A sum over the rows of each session, and of all rows before the first one. */
  readonly bySession: ReadonlyMap<string, string>
}

/** Rows without a session count for the first one, and so for every page. */
const sumsOf = async (engine: Engine, { name, columns }: Relation, first: string): Promise<Sums> => {
  const column = sessionColumns.find((each) => each in columns)
  const session = column
    ? `case when r.${column} >= date '${first}' then cast(r.${column} as varchar) else '${first}' end`
    : `'${first}'`
  const rows = await engine.rows<{ session: string; total: string }>(
    `select ${session} as session, cast(sum(cast(hash(r) as hugeint)) as varchar) as total from ${name} r group by 1`,
  )
  return { relation: name, bySession: new Map(rows.map((row) => [row.session, row.total])) }
}

/**
 * A fingerprint for each session: of all rows up to it, for relations that its evening knew, and of its own rows for those that came
 * later.
 */
export const fingerprintsOf = async (
  engine: Engine,
  sessions: readonly string[],
  { known, later }: { readonly known: readonly Relation[]; readonly later: readonly Relation[] },
): Promise<ReadonlyMap<string, string>> => {
  const [first] = sessions
  if (first === undefined) return new Map()
  const sums = async (relations: readonly Relation[]) => {
    const found: Sums[] = []
    for (const relation of relations) found.push(await sumsOf(engine, relation, first))
    return found
  }
  const [before, after] = [await sums(known), await sums(later)]
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
