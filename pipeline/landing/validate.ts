/** Row rules: a row that breaks one is set aside with its reason, while the other rows land. */

import { plausible } from '../../calendar/plausible.ts'
import { horizon } from '../../calendar/sessions.ts'
import { controlClass } from '../../core/control-characters.ts'
import { type Engine, quoted } from '../../core/engine.ts'
import { bigint, boolean, type Columns, figureSizes, string } from '../../schemas/column.ts'
import { entityOf, reportedColumns, type Table } from '../../schemas/table.ts'
import { bronzePrefix, importSource } from '../ingest/bronze.ts'
import { rejectSlips } from './jumps.ts'
import { type Neighbours, neighboursIn } from './neighbours.ts'
import { isEmpty, payloadIndex, rejectionsName, stageName, twiceName, validName } from './relations.ts'
import { newYorkDateOf } from './zones.ts'

const [smallest, largest] = [figureSizes.smallest, figureSizes.largest].map((size) => size.toExponential())

export const isBySession = (table: Table) => table.grain.includes('session')

/** Judges the staged rows of a table: registers its rejected and its valid rows. `tables` are all that the payloads fill. */
export const validate = async (engine: Engine, table: Table, tables: readonly Table[]): Promise<void> => {
  const stage = stageName(table)
  const rejections = rejectionsName(table)
  if (await isEmpty(engine, stage)) {
    await engine.load(rejections, rejectionColumns, [])
    await registerValid(engine, table, true)
    return
  }
  const rules = [
    flawed,
    ...missing(table),
    // strftime cannot show an instant outside of the years that datesOf allows.
    ...datesOf(table),
    ...sizes(table),
    knownLater,
    ...(isBySession(table) ? sessionRules(table) : []),
    ...(await controls(engine, table)),
    ...invariants(table),
    ...barRules(table),
  ]
  await engine.run(
    `create or replace table ${rejections} as
     select _id, case when not _is_left_out then _reason end as _reason, _is_left_out from (
       select s._id, case ${rules.join('\n')} else null end as _reason, ${leftOut(table)} as _is_left_out
       from ${stage} s join ${payloadIndex} using (_payload)
       ${isBySession(table) ? 'left join calendar using (session) left join closed_days on closed_on = session' : ''}
     ) where _reason is not null or _is_left_out`,
  )
  const isComplete = await registerValid(engine, table)
  const { mayRepeat, mayJump } = isBySession(table) ? await neighboursIn(engine, table, isComplete) : unknownOrder
  if (mayRepeat && (await rejectDuplicates(engine, table))) await registerValid(engine, table)
  if (!mayJump) return
  for (const column of table.steady)
    if (await rejectSlips(engine, table, column, tables)) await registerValid(engine, table)
}

const rejectionColumns = {
  _id: bigint('`_id` of a staged row.'),
  _reason: string.nullable('Why it is rejected.'),
  _is_left_out: boolean.nullable('Whether it is left out.'),
} satisfies Columns

const unknownOrder: Neighbours = { mayRepeat: true, mayJump: true }

/** Defines the view of the valid rows. If no row is rejected, it needs no look-up. Returns whether that is so. */
const registerValid = async (engine: Engine, table: Table, isKnownComplete = false): Promise<boolean> => {
  const rejections = rejectionsName(table)
  const isComplete = isKnownComplete || (await isEmpty(engine, rejections))
  await engine.run(
    `create or replace view ${validName(table)} as
     select * from ${stageName(table)} ${isComplete ? '' : `where _id not in (select _id from ${rejections})`}`,
  )
  return isComplete
}

const missing = (table: Table) =>
  reportedColumns(table)
    .filter((name) => !table.columns[name]!.nullable)
    .map((name) => `when ${name} is null then ${quoted(`${name} is missing`)}`)

/** What staging found. */
const flawed = `when _flaw is not null then _flaw`

/** Dates and instants beside the session must lie in years that can be. */
const datesOf = (table: Table) => {
  const names = reportedColumns(table).filter(
    (name) => name !== 'session' && /^(date|timestamp)$/.test(table.columns[name]!.type),
  )
  return ['_published_at', ...names].map(
    (name) =>
      `when ${name} < date '${plausible.from}' or ${name} > date '${plausible.to}'
         then ${quoted(`${name === '_published_at' ? 'known_at' : name} `)} || ${name} || ' is outside ${plausible.from} to ${plausible.to}'`,
  )
}

/** Doubles must have a size that views can compute with. */
const sizes = (table: Table) =>
  reportedColumns(table)
    .filter((name) => table.columns[name]!.type === 'double')
    .map(
      (name) =>
        `when ${name} <> 0 and (abs(${name}) < ${smallest} or abs(${name}) > ${largest})
           then ${quoted(`${name} `)} || ${name} || ' is outside the sizes that a figure can have, ${smallest} to ${largest}'`,
    )

const shown = (instant: string) => `strftime(${instant}, '%Y-%m-%dT%H:%M:%SZ')`

/** Whoever imports a row knows it. A source may give the usual hour of a publication, which the real one can precede. */
const knownLater = `when _published_at > fetched_at and starts_with(bronze_key, ${quoted(bronzePrefix(importSource))})
  then 'known_at ' || ${shown('_published_at')} || ' is after the row was imported, ' || ${shown('fetched_at')}`

/** Each text is looked at once, however many rows have it. */
const controls = async (engine: Engine, table: Table) => {
  const names = reportedColumns(table).filter((name) => table.columns[name]!.type === 'varchar')
  if (names.length === 0) return []
  const hasControl = (name: string) => `regexp_matches(${name}, ${quoted(controlClass)})`
  // The engine would apply a condition with `where` to all texts before it makes them distinct.
  const looks = names.map(
    (name) =>
      `(select bool_or(${hasControl(name)}) from (select distinct ${name} from ${stageName(table)})) as ${name}`,
  )
  const [found] = await engine.rows<Record<string, boolean | null>>(`select ${looks.join(', ')}`)
  return names
    .filter((name) => found?.[name])
    .map((name) => `when ${hasControl(name)} then ${quoted(`${name} has a control character`)}`)
}

const sessionRules = (table: Table) => [
  `when session < date '${horizon.from}' or session > date '${horizon.to}'
     then 'session ' || session || ' is outside the calendar, ${horizon.from} to ${horizon.to}'`,
  `when closes_at is null
     then 'session ' || session || ' is no XNYS session: ' || coalesce(closed_days.reason, 'weekend')`,
  `when fetched_at < closes_at
     then 'session ' || session || ' had not closed at ' || ${shown('fetched_at')} || ', when it was fetched'`,
  ...(table.isAnnounced
    ? []
    : [
        `when _published_at < opens_at
           then 'known_at ' || ${shown('_published_at')} || ' is before session ' || session || ' opened'`,
      ]),
]

/** Whether a row is a bar outside the regular hours of its session. Such bars are counted, and neither stored nor rejected. */
const leftOut = ({ bars }: Table): string =>
  bars
    ? `coalesce((${bars.start} < opens_at or ${bars.start} >= closes_at) and ${newYorkDateOf(bars.start)} = session, false)`
    : 'false'

const barRules = ({ bars }: Table): string[] => {
  if (!bars) return []
  const { start, minutes } = bars
  return [
    `when ${newYorkDateOf(start)} <> session then '${start} ' || ${shown(start)} || ' is not on session ' || session`,
    `when date_sub('millisecond', opens_at, ${start}) % (${minutes} * 60000) <> 0
       then '${start} ' || ${shown(start)} || ' is not a whole number of ' || ${minutes} || '-minute bars after the opening bell'`,
    `when _published_at < least(${start} + to_minutes(${minutes}), closes_at)
       then 'known_at ' || ${shown('_published_at')} || ' is before the end of the bar that starts at ' || ${shown(start)}`,
  ]
}

const invariants = (table: Table) =>
  table.invariants.map(({ name, sql }) => {
    const shown = reportedColumns(table)
      .filter((column) => new RegExp(`\\b${column}\\b`).test(sql))
      .map((column) => `'${column} ' || coalesce(cast(${column} as varchar), 'NULL')`)
    return `when not coalesce(${sql}, true) then ${quoted(`${name}: `)} || ${shown.join(` || ', ' || `)}`
  })

/** Rows of one payload about the same thing: an equal copy is set aside, contradicting rows all are. Returns whether there are any. */
const rejectDuplicates = async (engine: Engine, table: Table): Promise<boolean> => {
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
    `create or replace table ${twiceName} as
     select ${about.join(', ')}, min(_id) as first_id
     from ${validName(table)} group by ${about.join(', ')} having count(*) > 1`,
  )
  if (await isEmpty(engine, twiceName)) return false
  await engine.run(
    `insert into ${rejectionsName(table)} (_id, _reason)
     with copies as (
       select t._id, d.first_id, coalesce(f._row, d.first_id - p._first + 1) as first_row, row(${values.map((name) => `t.${name}`).join(', ')}) as said
       from ${validName(table)} t join ${twiceName} d on ${same}
       join ${stageName(table)} f on f._id = d.first_id join ${payloadIndex} p on p._payload = t._payload
     ),
     versions as (select first_id, count(distinct said) as n from copies group by first_id)
     select _id, case when n > 1
       then 'contradicts another row of this payload about the same ${entity.join(', ')} (first: row ' || first_row || ')'
       else 'repeats row ' || first_row end
     from copies join versions using (first_id) where n > 1 or _id <> first_id`,
  )
  return true
}
