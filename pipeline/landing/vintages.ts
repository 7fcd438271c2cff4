/** Vintages: when each row became known, and which rows are kept because a value changed. */

import { withKnownSession } from '../../core/engine.ts'
import { entityOf, reportedColumns, stampedColumns, type Table } from '../../schemas/table.ts'
import { incomingName } from './relations.ts'

export const list = (names: readonly string[], prefix = '') => names.map((name) => `${prefix}${name}`).join(', ')

/** When a row became known, and how we know: `version` counts its vintages from 1. */
export const stamps = (table: Table, version: string) => {
  const published = `_published_at is not null and ${table.vintagesBy === 'published_at' ? 'true' : `${version} = 1`}`
  const observed = `${version} > 1 or fetched_at <= _assumed_at or _looked_at >= _assumed_at`
  return {
    known_at: `case when ${published} then _published_at when ${observed} then fetched_at else _assumed_at end`,
    known_basis: `case when ${published} then 'published' when ${observed} then 'observed' else 'assumed' end`,
  }
}

/** The CTE `observed`: present rows and incoming ones of the entities that come in, with one more column for both. */
export const observedRows = (
  entity: readonly string[],
  columns: readonly string[],
  present: string,
  extra: { readonly name: string; readonly present: string; readonly incoming: string },
): string => `
    touched as (select distinct ${list(entity)} from ${incomingName}),
    observed as (
      select ${list(columns, 'p.')}, p.source, p.fetched_at, p.bronze_key, cast(null as bigint) as _id, ${extra.present} as ${extra.name},
             p.known_at as _known_at, p.known_basis as _known_basis,
             cast(null as timestamp) as _published_at, cast(null as timestamp) as _assumed_at, cast(null as timestamp) as _looked_at
      from ${present} p semi join touched using (${list(entity)})
      union all
      select ${list(columns)}, source, fetched_at, bronze_key, _id, ${extra.incoming},
             null, null, _published_at, _assumed_at, _looked_at
      from ${incomingName}
    )`

/** Adds known_session and puts the columns in order. */
export const finished = (table: Table, stamped: string, more: readonly string[] = []) => {
  const own = Object.keys(table.columns).filter((name) => !(stampedColumns as string[]).includes(name))
  return `select ${list(own)}, ${list([...stampedColumns, ...more])} from (${withKnownSession(stamped)})`
}

export const freshQuery = (table: Table): string => {
  const { known_at, known_basis } = stamps(table, '1')
  return finished(table, `(select *, ${known_at} as known_at, ${known_basis} as known_basis from ${incomingName})`, [
    '_payload',
  ])
}

export const mergeQuery = (table: Table, present: string): string => {
  const entity = entityOf(table)
  const columns = reportedColumns(table)
  const values = columns.filter((name) => !entity.includes(name))
  const byPublication = table.vintagesBy === 'published_at'
  const compared = values.length ? `row(${list(values)})` : 'null'
  const order = byPublication ? 'coalesce(_published_at, fetched_at)' : 'fetched_at'
  const { known_at, known_basis } = stamps(table, '_version')
  return `
    with ${observedRows(entity, columns, present, { name: '_order', present: byPublication ? 'p.known_at' : 'p.fetched_at', incoming: order })},
    ordered as (
      select *, row_number() over w as _version, lag(${compared}) over w as _before, ${compared} as _now
      from observed
      window w as (partition by ${list(entity)} order by _order, _id is not null, bronze_key, _id)
    ),
    kept as (
      select ${list(columns)}, source, fetched_at, bronze_key,
        coalesce(_known_at, ${known_at}) as known_at, coalesce(_known_basis, ${known_basis}) as known_basis
      from ordered where _version = 1 or _before is distinct from _now
    )
    ${finished(table, 'kept')}
    union all
    select ${list(Object.keys(table.columns))} from ${present} p anti join touched using (${list(entity)})`
}
