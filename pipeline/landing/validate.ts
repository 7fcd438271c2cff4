/** Row rules: what breaks one is set aside with its reason, while the other rows land. */

import { horizon } from '../../calendar/sessions.ts'
import { type Engine, quoted } from '../../core/engine.ts'
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import { stageName } from './staging.ts'

/** A row this many times its neighbours, or this fraction of them, is a slip of the decimal point. */
const jump = 10
const neighbours = 5

/** Staged rows without the rejected ones. */
export const validName = (table: Table) => `valid_${table.name}`
/** `_id` and `_reason` of the rejected ones. */
export const rejectionsName = (table: Table) => `rejections_${table.name}`

export const isBySession = (table: Table) => table.grain.includes('session')

/** Judges the staged rows of a table: registers `rejections_…` and `valid_…`. */
export const validate = async (engine: Engine, table: Table): Promise<void> => {
  const stage = stageName(table)
  const rejections = rejectionsName(table)
  const rules = [...missing(table), ...(isBySession(table) ? sessionRules : []), ...invariants(table)]
  await engine.run(
    `create or replace table ${rejections} as
     select * from (
       select s.rowid as _id, case ${rules.join('\n')} else null end as _reason
       from ${stage} s join payload_index using (_payload)
       ${isBySession(table) ? 'left join calendar using (session) left join closed_days on closed_on = session' : ''}
     ) where _reason is not null`,
  )
  await registerValid(engine, table)
  await rejectDuplicates(engine, table)
  for (const column of table.steady) await rejectJumps(engine, table, column)
}

const registerValid = (engine: Engine, table: Table) =>
  engine.run(
    `create or replace view ${validName(table)} as
     select s.*, s.rowid as _id from ${stageName(table)} s where s.rowid not in (select _id from ${rejectionsName(table)})`,
  )

const missing = (table: Table) =>
  reportedColumns(table)
    .filter((name) => !table.columns[name]!.nullable)
    .map((name) => `when ${name} is null then ${quoted(`${name} is missing`)}`)

const sessionRules = [
  `when session < date '${horizon.from}' or session > date '${horizon.to}'
     then 'session ' || session || ' is outside the calendar, ${horizon.from} to ${horizon.to}'`,
  `when closes_at is null
     then 'session ' || session || ' is no XNYS session: ' || coalesce(closed_days.reason, 'weekend')`,
  `when fetched_at < closes_at
     then 'session ' || session || ' had not closed at ' || strftime(fetched_at, '%Y-%m-%dT%H:%M:%SZ') || ', when it was fetched'`,
]

const invariants = (table: Table) =>
  table.invariants.map(({ name, sql }) => {
    const shown = reportedColumns(table)
      .filter((column) => new RegExp(`\\b${column}\\b`).test(sql))
      .map((column) => `'${column} ' || coalesce(cast(${column} as varchar), 'NULL')`)
    return `when not coalesce(${sql}, true) then ${quoted(`${name}: `)} || ${shown.join(` || ', ' || `)}`
  })

/** Rows of one payload about the same thing: an equal copy is set aside, contradicting rows all are. */
const rejectDuplicates = async (engine: Engine, table: Table) => {
  const values = reportedColumns(table)
  const entity = entityOf(table)
  const about = [
    '_payload',
    '_published_at',
    ...(entity.includes('source') ? ['_source'] : []),
    ...entity.filter((name) => values.includes(name)),
  ]
  const same = about.map((name) => `t.${name} is not distinct from d.${name}`).join(' and ')
  await engine.run(
    `create or replace table twice as
     select ${about.join(', ')}, min(_id) as first_id
     from ${validName(table)} group by ${about.join(', ')} having count(*) > 1`,
  )
  if (await isEmpty(engine, 'twice')) return
  await engine.run(
    `insert into ${rejectionsName(table)}
     with copies as (
       select t._id, d.first_id, coalesce(f._row, d.first_id - p._first + 1) as first_row, row(${values.map((name) => `t.${name}`).join(', ')}) as said
       from ${validName(table)} t join twice d on ${same}
       join ${stageName(table)} f on f.rowid = d.first_id join payload_index p on p._payload = t._payload
     ),
     versions as (select first_id, count(distinct said) as n from copies group by first_id)
     select _id, case when n > 1
       then 'contradicts another row of this payload about the same ${entity.join(', ')} (first: row ' || first_row || ')'
       else 'repeats row ' || first_row end
     from copies join versions using (first_id) where n > 1 or _id <> first_id`,
  )
}

export const isEmpty = async (engine: Engine, relation: string) => {
  const [found] = await engine.rows<{ n: number }>(`select count(*) as n from ${relation}`)
  return !found?.n
}

/** A value ten times the median of its neighbours in the payload, or a tenth of it. */
const rejectJumps = async (engine: Engine, table: Table, column: string) => {
  const valid = validName(table)
  const series = ['_payload', ...entityOf(table).filter((name) => name !== 'session' && name !== 'source')]
  const far = (a: string, b: string) => `(${a} > ${jump} * ${b} or ${b} > ${jump} * ${a})`
  await engine.run(
    `create or replace table suspects as
     select * from (
       select ${series.join(', ')}, session, _id, ${column} as v,
              lag(${column}) over w as before, lead(${column}) over w as after
       from ${valid} window w as (partition by ${series.join(', ')} order by session)
     ) where ${far('v', 'before')} or ${far('v', 'after')}`,
  )
  if (await isEmpty(engine, 'suspects')) return
  const same = series.map((name) => `o.${name} is not distinct from s.${name}`).join(' and ')
  await engine.run(
    `insert into ${rejectionsName(table)}
     with others as (
       select s._id, s.v, o.${column} as other,
              row_number() over (partition by s._id, o.session < s.session
                                 order by case when o.session < s.session then s.session - o.session else o.session - s.session end) as distance
       from suspects s join ${valid} o on ${same} and o.session <> s.session
     ),
     usual as (select _id, v, median(other) as usual from others where distance <= ${neighbours} group by _id, v)
     select _id, '${column} ' || v || ' is ' || round(v / usual, 2) || ' times the median of its neighbours, ' || usual
     from usual where ${far('v', 'usual')}`,
  )
}
