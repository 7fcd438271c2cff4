/** Slips of the decimal point: a value far from its neighbours that comes back. A value that stays where it went is a doubt, and lands. */

import { type Engine, quoted } from '../../core/engine.ts'
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import { corporateActions } from '../../schemas/tables/corporate_actions.ts'
import { isEmpty, rejectionsName, stageName, suspectsName, validName } from './relations.ts'

/** A row this many times its neighbours, or this fraction of them, is a suspect. */
const jump = 10
/** Rows on each side that it is compared with. */
const neighbours = 5
/** At the end of a payload no later row can confirm a slip: only a rise by a power of ten from this one on counts, give or take. */
const scale = { from: 100, tolerance: 1.1 }

/** Whether one of two values is that many times the other. */
export const isFar = (a: string, b: string) => `(${a} > ${jump} * ${b} or ${b} > ${jump} * ${a})`
const farUp = (a: string, b: string) => `${a} > ${jump} * ${b}`

/** How often the larger of two values holds the smaller one. */
const times = (a: string, b: string) => `(greatest(${a}, ${b}) / least(${a}, ${b}))`

/** Whether a ratio is 100, 1,000 … within the tolerance. */
const isPowerOfTen = (ratio: string) =>
  `(${ratio} >= ${scale.from / scale.tolerance} and abs(log10(${ratio}) - round(log10(${ratio}))) <= log10(${scale.tolerance}))`

/** A value may fall to a hundredth in a session, as exchange-traded notes have. It does not rise a hundredfold. */
const isRise = '(case when usual_before is null then usual > v else v > usual end)'

/** Columns of the rows whose values are compared with each other. */
export const seriesOf = (table: Table) => [
  '_payload',
  ...entityOf(table).filter((name) => name !== 'session' && reportedColumns(table).includes(name)),
]

/** Rejects the slips in one column. `tables` are those that the payloads fill: they may name a split. Returns whether a row may be rejected. */
export const rejectSlips = async (
  engine: Engine,
  table: Table,
  column: string,
  tables: readonly Table[],
): Promise<boolean> => {
  const valid = validName(table)
  const series = seriesOf(table)
  await engine.run(
    `create or replace table ${suspectsName} as
     select * from (
       select ${series.join(', ')}, session, _id, ${column} as v,
              lag(${column}) over w as before, lead(${column}) over w as after
       from ${valid} where ${column} > 0 window w as (partition by ${series.join(', ')} order by session)
     ) where ${isFar('v', 'before')} or ${isFar('v', 'after')}`,
  )
  if (await isEmpty(engine, suspectsName)) return false
  const same = series.map((name) => `o.${name} is not distinct from s.${name}`).join(' and ')
  await engine.run(
    `insert into ${rejectionsName(table)} (_id, _reason)
     with others as (
       select s._id, s.v, o.${column} as other, o.session < s.session as is_before,
              row_number() over (partition by s._id, o.session < s.session
                                 order by case when o.session < s.session then s.session - o.session else o.session - s.session end) as distance
       from ${suspectsName} s join ${valid} o on ${same} and o.session <> s.session and o.${column} > 0
     ),
     usual as (
       select _id, v, median(other) as usual,
              median(case when is_before then other end) as usual_before, median(case when not is_before then other end) as usual_after
       from others where distance <= ${neighbours} group by _id, v
     )
     select _id, ${quoted(`${column} `)} || v || ' is ' || round(v / usual, 2) || ' times the median of its neighbours, ' || usual
     from usual join ${suspectsName} s using (_id, v)
     where case when usual_before is not null and usual_after is not null
       then (${farUp('v', 'usual_before')} and ${farUp('v', 'usual_after')}) or (${farUp('usual_before', 'v')} and ${farUp('usual_after', 'v')})
       else ${isPowerOfTen(times('v', 'usual'))} and ${isRise} and not ${namesSplit(table, tables)} end`,
  )
  return true
}

/** Whether the payload itself names a split of the symbol: then the other basis is no slip. */
const namesSplit = (table: Table, tables: readonly Table[]): string =>
  tables.includes(corporateActions) && 'symbol' in table.columns
    ? `exists (select 1 from ${stageName(corporateActions)} a
               where a._payload = s._payload and a.symbol = s.symbol and a.split_factor is not null)`
    : 'false'
