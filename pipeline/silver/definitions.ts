/** Statements that define views in an engine. */
import { sqlTypeName } from '../../schemas/column.ts'
import type { View } from '../../schemas/view.ts'
import { emptyRelation } from './files.ts'

/**
 * Statements for views that come in an order in which each comes after those that it reads. The engine resolves a view when it is
 * defined, with everything below it. So a view that others read is an empty relation of the same columns until they are defined,
 * and each SQL text is resolved once. Another connection must not see the relations in between: run them in one transaction.
 */
export const definitionsOf = (views: readonly (readonly [view: View, statement: string])[]): string[] => {
  const isRead = new Set(views.flatMap(([{ sql }]) => sql.reads))
  return [
    ...views.flatMap(([view]) => (isRead.has(view) ? [emptyView(view)] : [])),
    ...views.map(([, statement]) => statement).reverse(),
  ]
}

/** A view without rows, with the columns that the view declares. */
export const emptyView = ({ name, columns }: View) =>
  `create or replace view ${name} as ${emptyRelation(columns, sqlTypeName)}`
