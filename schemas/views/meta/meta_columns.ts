import { dictionary } from '../../tables/dictionary.ts'
import { defineView, raw, sql } from '../../view.ts'

const { relation, kind, role, position, name, type, unit, doc, is_nullable, is_grain, relation_doc, reads } =
  dictionary.columns
const columns = { relation, kind, role, position, name, type, unit, doc, is_nullable, is_grain, relation_doc, reads }

export const metaColumns = defineView({
  name: 'meta_columns',
  doc: 'One row per table or view and column: the data dictionary with the lineage.',
  grain: ['relation', 'position'],
  role: 'fact',
  columns,
  sql: sql`
    select ${raw(Object.keys(columns).join(', '))}
    from ${dictionary}
  `,
})
