/** The views as a semantic model in the Open Semantic Interchange format, version 0.1.1: bi/precursor.osi.json. */
import { type Column, described } from '../schemas/column.ts'
import type { View } from '../schemas/view.ts'
import { metrics, offered, wide } from './metrics.ts'

const expression = (sql: string) => ({ dialects: [{ dialect: 'ANSI_SQL', expression: sql }] })

const isTime = ({ type }: Column) => type === 'date' || type === 'timestamp'

const dataset = ({ name, doc, grain, columns }: View) => ({
  name,
  source: name,
  primary_key: grain,
  description: doc,
  fields: Object.entries(columns).map(([field, column]) => ({
    name: field,
    expression: expression(field),
    dimension: { is_time: isTime(column) },
    description: described(column),
  })),
})

/** Whatever has a session belongs to the wide row of that session. */
const relationship = ({ name }: View) => ({
  name: `${name}_to_${wide.name}`,
  from: name,
  to: wide.name,
  from_columns: ['session'],
  to_columns: ['session'],
})

export const semanticModel = () => ({
  version: '0.1.1',
  semantic_model: [
    {
      name: 'precursor',
      description:
        'Crash precursors of US equities, point in time. Views named label_ look forward and explain nothing beforehand.',
      datasets: offered.map(dataset),
      relationships: offered.filter((view) => view !== wide).map(relationship),
      metrics: metrics.map(({ name, of, doc, sql }) => ({
        name,
        expression: expression(
          sql.replace(/\b([a-z][a-z0-9_]*)\b/g, (word) => (word in of.columns ? `${of.name}.${word}` : word)),
        ),
        description: doc,
      })),
    },
  ],
})
