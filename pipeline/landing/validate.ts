/** Row rules: what breaks one is set aside with its reason, while the other rows land. */
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import { horizon } from '../calendar/sessions.ts'
import { type Engine, quoted } from '../engine.ts'
import { stageName } from './staging.ts'

/** A row this many times its neighbours, or this fraction of them, is a slip of the decimal point. */
const jump = 10
const neighbours = 5

export const validName = (table: Table) => `valid_${table.name}`
export const rejectedName = (table: Table) => `rejected_${table.name}`

/** Splits a staged relation into `valid_…` and `rejected_…` (with `_reason`). */
export const validate = async (engine: Engine, table: Table): Promise<void> => {
  const stage = stageName(table)
  const bySession = 'session' in table.columns && table.grain.includes('session')
  const rules = [...missing(table), ...(bySession ? sessionRules : []), ...invariants(table)]
  await engine.run(
    `create or replace temp table judged_${table.name} as
     select s.*, case ${rules.join('\n')} else null end as _reason
     from ${stage} s ${bySession ? 'left join calendar using (session) left join closed_days on closed_on = session' : ''}`,
  )
  await rejectDuplicates(engine, table)
  for (const column of table.steady) await rejectJumps(engine, table, column)
  await engine.run(
    `create or replace temp table ${rejectedName(table)} as select * from judged_${table.name} where _reason is not null`,
  )
  await engine.run(
    `create or replace temp view ${validName(table)} as select * exclude (_reason) from judged_${table.name} where _reason is null`,
  )
}

const missing = (table: Table) =>
  reportedColumns(table)
    .filter((name) => !table.columns[name]!.nullable)
    .map((name) => `when ${name} is null then ${quoted(`${name} is missing`)}`)

const sessionRules = [
  `when session < date '${horizon.from}' or session > date '${horizon.to}'
     then 'session ' || session || ' is outside the calendar, ${horizon.from} to ${horizon.to}'`,
  `when closes_at is null
     then 'session ' || session || ' is no XNYS session: ' || coalesce(closed_days.reason, 'weekend')`,
  `when _fetched_at < closes_at
     then 'session ' || session || ' had not closed at ' || strftime(_fetched_at, '%Y-%m-%dT%H:%M:%SZ') || ', when it was fetched'`,
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
  const judged = `judged_${table.name}`
  const values = reportedColumns(table)
  const about = [
    '_bronze_key',
    '_request_key',
    '_published_at',
    ...entityOf(table).filter((name) => values.includes(name)),
  ]
  const same = about.map((name) => `t.${name} is not distinct from d.${name}`).join(' and ')
  await engine.run(
    `create or replace temp table twice as
     select ${about.join(', ')}, min(_row) as first_row, count(distinct row(${values.join(', ')})) as versions
     from ${judged} where _reason is null group by ${about.join(', ')} having count(*) > 1`,
  )
  const [found] = await engine.rows<{ n: number }>('select count(*) as n from twice')
  if (!found?.n) return
  await engine.run(
    `update ${judged} t set _reason = case when d.versions > 1
       then 'contradicts another row of this payload about the same ${entityOf(table).join(', ')} (first: row ' || d.first_row || ')'
       else 'repeats row ' || d.first_row end
     from twice d where t._reason is null and ${same} and (d.versions > 1 or t._row > d.first_row)`,
  )
}

/** A value ten times the median of its neighbours in the payload, or a tenth of it. */
const rejectJumps = async (engine: Engine, table: Table, column: string) => {
  const judged = `judged_${table.name}`
  const series = [
    '_bronze_key',
    '_request_key',
    ...entityOf(table).filter((name) => name !== 'session' && name !== 'source'),
  ]
  const far = (a: string, b: string) => `(${a} > ${jump} * ${b} or ${b} > ${jump} * ${a})`
  await engine.run(
    `create or replace temp table suspects as
     select * from (
       select ${series.join(', ')}, session, _row, ${column} as v,
              lag(${column}) over w as before, lead(${column}) over w as after
       from ${judged} where _reason is null window w as (partition by ${series.join(', ')} order by session)
     ) where ${far('v', 'before')} or ${far('v', 'after')}`,
  )
  const [found] = await engine.rows<{ n: number }>('select count(*) as n from suspects')
  if (!found?.n) return
  const same = series.map((name) => `o.${name} is not distinct from s.${name}`).join(' and ')
  await engine.run(
    `create or replace temp table jumps as
     with others as (
       select s._bronze_key, s._request_key, s._row, s.v, o.${column} as other,
              row_number() over (partition by s._bronze_key, s._request_key, s._row, o.session < s.session
                                 order by case when o.session < s.session then s.session - o.session else o.session - s.session end) as distance
       from suspects s join ${judged} o on ${same} and o.session <> s.session and o._reason is null
     )
     select _bronze_key, _request_key, _row, v, median(other) as usual
     from others where distance <= ${neighbours} group by all having ${far('v', 'usual')}`,
  )
  await engine.run(
    `update ${judged} t set _reason = '${column} ' || j.v || ' is ' || round(j.v / j.usual, 2) || ' times the median of its neighbours, ' || j.usual
     from jumps j where t._bronze_key = j._bronze_key and t._request_key = j._request_key and t._row = j._row`,
  )
}
