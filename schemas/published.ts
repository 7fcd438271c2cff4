/**
 * The published schema. Columns are added and never dropped, renamed or retyped.
 * `published.json` holds the columns that have been published.
 */
import type { Relation } from './view.ts'

/** Columns and types, by table or view. */
export type Published = Readonly<Record<string, Readonly<Record<string, string>>>>

const columnsOf = ({ columns }: Relation) =>
  Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]))

/** The schema that the current declarations publish. */
export const publishedNow = (relations: readonly Relation[]): Published =>
  Object.fromEntries(relations.map((relation) => [relation.name, columnsOf(relation)]))

/** One message for each column or relation that changed or disappeared, with the views that read it. */
export const breakingChanges = (published: Published, relations: readonly Relation[]): string[] => {
  const now = publishedNow(relations)
  const readers = (relation: string, column: string) => {
    const names = relations.flatMap((each) =>
      each.kind === 'view' && each.sql.reads.some(({ name }) => name === relation) && mentions(each.sql.text, column)
        ? [each.name]
        : [],
    )
    return names.length > 0 ? `read by ${names.join(', ')}` : 'read by no view'
  }
  return Object.entries(published).flatMap(([relation, columns]) =>
    Object.entries(columns).flatMap(([column, type]) => {
      const found = now[relation]?.[column]
      if (found === type) return []
      const change = found ? `was ${type} and is ${found} now` : `of type ${type} is gone`
      return [`${relation}.${column} ${change}; ${readers(relation, column)}`]
    }),
  )
}

/** True if the view reads the column by name or reads all columns. */
const mentions = (text: string, column: string) => new RegExp(`\\b${column}\\b|\\*`).test(text)
