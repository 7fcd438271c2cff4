/** Predictors by name: a column of crash_precursors, a frozen score, a column of a view, or a series. */
import { UsageError } from '../core/errors.ts'
import { precursors } from '../schemas/precursors.ts'
import { frozenScores } from '../schemas/scores/index.ts'
import { tables } from '../schemas/tables/index.ts'
import { LookAheadError, quoted, type View } from '../schemas/view.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'
import { precursorScore } from '../schemas/views/composite/precursor_score.ts'
import { views } from '../schemas/views/index.ts'

export interface Predictor {
  /** As the user wrote it. */
  readonly name: string
  /** 1 if a high value means risk, -1 if a low value does. */
  readonly direction: 1 | -1
  readonly view: View
  /** A query for one row per session, with the columns session and value. */
  readonly query: string
  /** Number of alternatives that were compared before the predictor was chosen. */
  readonly alternatives: number
}

const numeric = ['double', 'bigint', 'boolean']

/** @param target symbol for which a view with a row per symbol is read. */
export const predictorNamed = (text: string, target: string): Predictor => {
  const flipped = text.startsWith('-')
  const name = flipped ? text.slice(1) : text
  const [first = '', ...others] = name.split('.')
  const rest = others.join('.')
  const found = rest ? ofRelation(first, rest, target) : bare(first, target)
  return { ...found, name: text, direction: flipped ? (found.direction === 1 ? -1 : 1) : found.direction }
}

const bare = (name: string, target: string): Predictor => {
  const frozen = frozenScores.find(({ definition }) => definition.name === name)
  if (frozen) return ofView(frozen.view, name, target)
  if (name === 'score') return ofView(precursorScore, name, target)
  return ofView(crashPrecursors, name, target)
}

const ofRelation = (relation: string, column: string, target: string): Predictor => {
  const view = views.find(({ name }) => name === relation) ?? views.find(({ name }) => name === `${relation}_as_known`)
  if (view) return ofView(view, column, target)
  const isTable = tables.some(({ name }) => name === relation)
  throw new UsageError(
    isTable
      ? `${relation} is a table: it holds every vintage, and says nothing about what an evening knew. Name a view that reads it`
      : `no view ${relation}; \`precursor describe\` lists them all`,
  )
}

const ofView = (view: View, column: string, target: string): Predictor => {
  if (view.role !== 'precursor')
    throw new LookAheadError(
      `${view.name}.${column} is not a predictor: ${view.name} is a ${view.role} view, which shows what became known later`,
    )
  const isSeries = 'series' in view.columns && 'value' in view.columns
  const declared = view.columns[isSeries ? 'value' : column]
  if (!declared || !numeric.includes(declared.type))
    throw new UsageError(
      `${view.name} has no column of numbers ${column}; \`precursor describe ${view.name}\` lists its columns`,
    )
  // A figure that comes on the next morning belongs to the evening after it.
  const key = 'known_session' in view.columns ? 'known_session' : 'session'
  const filters = [
    ...(isSeries ? [`series = ${quoted(column)}`] : []),
    ...('symbol' in view.columns ? [`symbol = ${quoted(target)}`] : []),
  ]
  const others = view.grain.filter((each) => !['session', 'symbol', 'series'].includes(each))
  if (!(key in view.columns) || others.length > 0)
    throw new UsageError(`${view.name} has a row per ${view.grain.join(', ')}, and not one per session`)
  const value = isSeries ? 'value' : column
  const last = key === 'session' ? value : `max_by(${value}, session)`
  const where = [...filters, `${key} is not null`, `${value} is not null`].join(' and ')
  const grouped = key === 'session' ? '' : ` group by ${key}`
  return {
    name: column,
    direction: (view === crashPrecursors && precursors.find((each) => each.column === column)?.direction) || 1,
    view,
    query: `select ${key} as session, cast(${last} as double) as value from ${view.name} where ${where}${grouped}`,
    alternatives:
      frozenScores.find(({ view: scored, definition }) => scored === view && definition.name === column)?.definition
        .lookedAt.alternatives ?? 0,
  }
}
