/** The declarations as a table, so that SQL and BI tools can read what each column means. */
import { knowledgeOf } from '../../calendar/knowledge.ts'
import { newYorkInstant } from '../../calendar/sessions.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import { dictionary } from '../../schemas/tables/dictionary.ts'
import type { Lake } from '../lake/lake.ts'
import { partitionsOf, rewrite } from './objects.ts'

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

/** Returns the count of its rows. */
export const writeDictionary = async (lake: Lake): Promise<number> => {
  const rows = rowsOfDictionary()
  await rewrite(
    lake,
    dictionary,
    await partitionsOf(lake.platform.store, dictionary),
    async () => {
      await lake.engine.load('declared', dictionary.columns, rows)
      return 'declared'
    },
    { isRederived: true },
  )
  return rows.length
}
