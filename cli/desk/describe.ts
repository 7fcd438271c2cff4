/** The declarations of tables, views, signals and saved queries as plain values, for the shell, the HTTP interface and assistants. */
import { UsageError } from '../../core/errors.ts'
import { nearest, unknownName } from '../../core/nearest.ts'
import { queries } from '../../schemas/queries/index.ts'
import { allRelations } from '../../schemas/relations.ts'
import { signals } from '../../schemas/signals.ts'
import { lineageOf, quoted, type Relation, withAllBelow } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'

const isShown = (labels: boolean) => (relation: Relation) => labels || !relation.name.startsWith('label_')

export const relationNamed = (name: string, labels = true): Relation => {
  const shown = allRelations.filter(isShown(labels))
  const found = shown.find((each) => each.name === name)
  if (found) return found
  const near = nearest(
    name,
    shown.map((each) => each.name),
  )
  throw new UsageError(`no table or view ${name}; ${near ? `did you mean ${near}?` : 'describe lists them all'}`)
}

/** All tables and views in a sentence each. */
export const listRelations = (labels = true) =>
  allRelations.filter(isShown(labels)).map(({ name, kind, doc, grain }) => ({ name, kind, doc, grain }))

export const namesOf = (labels: boolean) => listRelations(labels).map(({ name }) => name)

/** One table or view with its columns and what it reads. */
export const describeRelation = (name: string, labels = true) => {
  const relation = relationNamed(name, labels)
  return {
    name: relation.name,
    kind: relation.kind,
    role: relation.kind === 'view' ? relation.role : relation.origin,
    doc: relation.doc,
    grain: relation.grain,
    reads: relation.kind === 'view' ? lineageOf(relation).map((each) => each.name) : [],
    columns: Object.entries(relation.columns).map(([column, { type, nullable, unit, doc }]) => ({
      name: column,
      type,
      nullable,
      unit: unit ?? null,
      doc,
    })),
  }
}

export const lineage = (labels = true) =>
  views.filter(isShown(labels)).map((view) => ({ view: view.name, reads: view.sql.reads.map((each) => each.name) }))

/** Whether a view that looks forward is among the relations, or is read by them. */
const looksForward = (relations: readonly Relation[]) => withAllBelow(relations).some((each) => !isShown(false)(each))

export const savedQueries = () =>
  queries.map(({ name, doc, sql }) => ({ name, doc, looks_forward: looksForward(sql.reads), sql: sql.text }))

/** The query that answers from the lake what `describeRelation`, or `listRelations` without a name, says from the declarations. */
export const describingSql = (name: string | undefined): string =>
  name === undefined
    ? 'select distinct relation from meta_columns order by relation'
    : `select name, type, unit, doc from meta_columns where relation = ${quoted(name)} order by position`

export const savedQuery = (name: string) => {
  const found = savedQueries().find((each) => each.name === name)
  if (found) return found
  throw unknownName(
    'saved query',
    name,
    queries.map((each) => each.name),
  )
}

/** The declaration of a signal, in English. */
export const describeSignal = (column: string) => {
  const found = signals.find((each) => each.column === column)
  if (!found)
    throw unknownName(
      'signal',
      column,
      signals.map((each) => each.column),
    )
  const { group, direction, on, off, unit, title, lit, notLit } = found
  return {
    signal: column,
    group,
    direction,
    on,
    off,
    unit: unit ?? null,
    title: title[0],
    lit: lit[0],
    not_lit: notLit[0],
  }
}
