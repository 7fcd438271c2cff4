/**
 * Imported rows with a `known_at` of their own. Each is a vintage that became known at that instant, whatever the order
 * in which the rows are imported. A source states an instant for the first vintage only; its later ones are observed.
 */

import { type Engine, quoted } from '../../core/engine.ts'
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import { bronzePrefix, importSource } from '../ingest/bronze.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { incomingName, landedName, payloadIndex, validName } from './relations.ts'
import { finished, list, observedRows, stamps } from './vintages.ts'

const isImported = (key: string) => `coalesce(starts_with(${key}, ${quoted(bronzePrefix(importSource))}), false)`
const isOwnPresent = (row: string) => `(${row}.known_basis = 'published' and ${isImported(`${row}.bronze_key`)})`
const isOwnIncoming = `(_published_at is not null and ${isImported('bronze_key')})`

/** Whether present or incoming rows have instants of their own, in a table whose vintages are ordered by download. */
export const hasOwnInstants = async (engine: Engine, table: Table, present: string): Promise<boolean> => {
  if (table.vintagesBy !== 'fetched_at') return false
  const [found] = await engine.rows<{ n: number }>(
    `select count(*) as n from (
       select 1 from ${incomingName} where ${isOwnIncoming}
       union all select 1 from ${present} p where ${isOwnPresent('p')} limit 1)`,
  )
  return !!found?.n
}

/** The rows that a table shall hold, where imported rows have instants of their own. */
export const ownInstantsQuery = (table: Table, present: string): string => {
  const entity = entityOf(table)
  const columns = reportedColumns(table)
  const values = columns.filter((name) => !entity.includes(name))
  const compared = values.length ? `row(${list(values)})` : 'null'
  const { known_at, known_basis } = stamps(table, '_version')
  const byEntity = `partition by ${list(entity)}`
  const asFetched = 'fetched_at, _id is not null, bronze_key, _id'
  return `
    with ${observedRows(entity, columns, present, { name: '_own', present: isOwnPresent('p'), incoming: isOwnIncoming })},
    counted as (
      select *, ${compared} as _now, row_number() over (${byEntity} order by ${asFetched}) as _version, bool_or(_own) over (${byEntity}) as _by_instant
      from observed
    ),
    stated as (
      select * exclude (_known_at, _known_basis),
        coalesce(_known_at, case when _own then _published_at else ${known_at} end) as _stated_at,
        coalesce(_known_basis, case when _own then 'published' else ${known_basis} end) as _stated_basis
      from counted
    ),
    -- Another value for an instant that has one was seen with its import. It is out of date if a later instant was known by then.
    settled as (
      select *,
        lag(_now) over slot as _slot_before,
        row_number() over slot > 1 and _own and _id is not null as _is_again,
        coalesce(max(case when _own then _stated_at end) over (${byEntity} order by fetched_at range between unbounded preceding and current row) > _stated_at, false) as _is_out_of_date
      from stated
      window slot as (partition by ${list([...entity, '_stated_at'])} order by ${asFetched})
    ),
    stamped as (
      select *,
        case when _is_again then fetched_at else _stated_at end as known_at,
        case when _is_again then 'observed' else _stated_basis end as known_basis
      from settled where not _is_again or (_slot_before is distinct from _now and not _is_out_of_date)
    ),
    ordered as (
      select *, row_number() over w as _place, lag(_now) over w as _before
      from stamped
      window w as (${byEntity} order by case when _by_instant then known_at end, ${asFetched})
    ),
    kept as (
      select ${list(columns)}, source, fetched_at, bronze_key, known_at, known_basis
      from ordered where _place = 1 or _before is distinct from _now
    )
    ${finished(table, 'kept')}
    union all
    select ${list(Object.keys(table.columns))} from ${present} p anti join touched using (${list(entity)})`
}

/**
 * Whether an import says something new about a time before the latest instant that was ever imported into the table. Rows
 * that were left out because they repeated a value may then count, so that all imports have to be derived anew.
 */
export const changesThePast = async (lake: Lake, source: string, tables: readonly Table[]): Promise<boolean> => {
  if (source !== importSource) return false
  for (const table of tables) {
    const [found] = await lake.engine.rows<{ latest: string | null }>(
      `select max(last_order_at) as latest from ${landedName} where starts_with(request_key, ${quoted(`${table.name}-`)})`,
    )
    if (found?.latest && (await hasNewPast(lake, table, found.latest))) return true
  }
  return false
}

const hasNewPast = reading(async ({ engine }: Lake, table: Table, latest: string): Promise<boolean> => {
  const entity = entityOf(table)
  const values = reportedColumns(table).filter((name) => !entity.includes(name))
  const row = (alias: string) => (values.length ? `row(${list(values, alias)})` : 'null')
  const same = entity.map((name) => `p.${name} is not distinct from v.${name === 'source' ? '_source' : name}`)
  const [found] = await engine.rows<{ n: number }>(
    `select count(*) as n from (
       select v._id
       from ${validName(table)} v join ${payloadIndex} using (_payload) join ${table.name} p on ${same.join(' and ')}
       where coalesce(v._published_at, ${payloadIndex}.fetched_at) <= ${quoted(latest)}::timestamp
       group by v._id, ${row('v.')}, v._published_at
       having bool_or(p.known_basis <> 'published')
         or max_by(${row('p.')}, case when p.known_at <= v._published_at then p.known_at end) is distinct from ${row('v.')})`,
  )
  return !!found?.n
})
