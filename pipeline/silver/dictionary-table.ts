/** The declarations as a table, so that SQL and BI tools can read what each column means. */
import { createHash } from 'node:crypto'
import { knowledgeOf } from '../../calendar/knowledge.ts'
import { newYorkInstant } from '../../calendar/sessions.ts'
import type { ObjectStore } from '../../core/platform.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import { dictionary } from '../../schemas/tables/dictionary.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from './objects.ts'
import { objectKey } from './partitions.ts'
import { readState, writeState } from './staleness.ts'

/** Day on which the dictionary became part of the lake. It is constant, so that publishing again writes the same bytes. */
const publicFrom = newYorkInstant('2026-11-25', '00:00').toISOString()

const rowsOfDictionary = () =>
  allRelations.flatMap((relation) =>
    Object.entries(relation.columns).map(([name, { type, nullable, unit, doc }], i) => ({
      relation: relation.name,
      kind: relation.kind,
      role: relation.kind === 'table' ? relation.origin : relation.role,
      position: i + 1,
      name,
      type: sqlTypeName(type),
      unit: unit ?? null,
      doc,
      is_nullable: nullable,
      is_grain: relation.grain.includes(name),
      relation_doc: relation.doc,
      reads: relation.kind === 'view' ? relation.sql.reads.map((each) => each.name).join(', ') : null,
      ...knowledgeOf({ source: 'declarations', known_at: publicFrom, known_basis: 'assumed' }),
    })),
  )

/** The object of the dictionary that was written last, and a hash of its rows. */
interface Notes {
  readonly version: string
  readonly rows: string
}

/** The version of the only object of the dictionary, if it is intact. */
const versionOf = async (store: ObjectStore): Promise<string | undefined> => {
  const partitions = await partitionsOf(store, dictionary)
  if (partitions.length !== 1) return undefined
  const found = await store.snapshot(objectKey(dictionary, partitions[0]!))
  return found?.damage ? undefined : found?.etag
}

/** Returns the count of its rows. The object is written again only if the declarations changed or it is not the one that was noted. */
export const writeDictionary = async (lake: Lake): Promise<number> => {
  const { store } = lake.platform
  const rows = rowsOfDictionary()
  const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const notes = await readState<Notes>(store, dictionary.name)
  const before = await versionOf(store)
  if (before !== undefined && before === notes.version && notes.rows === hash) return rows.length
  await rewrite(
    lake,
    dictionary,
    await partitionsOf(store, dictionary),
    async () => {
      await lake.engine.load('declared', dictionary.columns, rows)
      return 'declared'
    },
    { isRederived: true },
  )
  const version = await versionOf(store)
  if (version !== undefined) await writeState(store, dictionary.name, async () => ({ version, rows: hash }))
  return rows.length
}
