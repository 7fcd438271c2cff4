/**
 * Results over series of bars: windows in memory, over columns that SQL makes of each bar and from which SQL makes the rows. The bars are stored
 * by year in the order of the grain. Each object is written in the order in which its bars are read, so that nothing is sorted. The same windows in SQL,
 * over rows that are sorted once, take two and a half times the time of the engine, and a fifth more with all that is done in code.
 */
import type { Engine } from '../../core/engine.ts'
import type { Relation, Sql } from '../../schemas/view.ts'
import { firstDayRead } from '../silver/staleness.ts'
import { Workspace } from './blocks.ts'
import type { Made, Span } from './computation.ts'
import { inYears, partsOf } from './parts.ts'
import { gather, groupedBySeries, match, scatter } from './positions.ts'

export type Columns<N extends string = string> = Readonly<Record<N, Float64Array>>

export interface Series<N extends string = string, M extends string = string> {
  /** A query for numbers of each bar, beside its symbol and session. */
  readonly terms: Sql
  readonly names: readonly N[]
  /** A query for further numbers by symbol and session, which not every bar has. A join would change the order of the rows. */
  readonly beside?: { readonly query: Sql; readonly names: readonly N[] }
  /** Names of the columns that the windows give. */
  readonly made: readonly M[]
  /** Columns for the rows of one series by day, from their numbers. NaN stands for NULL. Before the first row there are rows of NaN. */
  readonly windows: (numbers: Columns<N>, space: Workspace) => Columns<M>
  /** A query for the rows, from bars that also have the columns of the windows. */
  readonly rows: string
}

export interface Bars {
  /** A relation with a row for each symbol and session. */
  readonly bars: Relation
  readonly daysBack: number
  /** The most rows of a series before a row that it depends on. */
  readonly rowsBack: number
}

/** The rows of a series with these bars. */
export type MadeIn = (engine: Engine, bars: Bars, span: Span) => Promise<Made>

export const inSeries =
  <N extends string, M extends string>(series: Series<N, M>): MadeIn =>
  (engine, bars, span) =>
    madeInSeries(engine, bars, series, span)

const readYears = ({ daysBack }: Bars, { from, to }: Span) =>
  `session between date '${firstDayRead(from, daysBack)}' and date '${to}-12-31'`

const madeInSeries = async <N extends string, M extends string>(
  engine: Engine,
  from: Bars,
  series: Series<N, M>,
  span: Span,
): Promise<Made> => {
  const { name } = from.bars
  // The name of the bars stands for some of them, so that all of them need another one.
  await engine.run(`
    create or replace view series_read as select * from ${name};
    drop type if exists series_symbol;
    create type series_symbol as enum (select distinct symbol from ${name} where ${readYears(from, span)} order by symbol)`)
  const [found] = await engine.rows<{ n: number }>(
    `select count(*) as n from ${name} where ${inYears('session', span)}`,
  )
  let count = 0
  const works: Made['works'] = partsOf(engine, span, found!.n).map((part) => async (own, write) => {
    const { days, windows } = await windowsOf(own, from, series, part)
    for (let year = part.from; year <= part.to; year++) {
      const [first, end] = rowsOf(days, year)
      const columns = Object.entries<Float64Array>(windows).map(([each, column]) => [each, column.subarray(first, end)])
      const series_day = days.subarray(first, end)
      const written = await own.withDoubles({ series_day, ...Object.fromEntries(columns) }, (relation) =>
        write(year, rowsFrom(name, series.rows, year, relation)),
      )
      count += written
    }
  })
  return { works, rowCount: () => count }
}

const epoch = `date '1970-01-01'`
const msPerDay = 86_400_000
const dayOf = (date: string) => Date.parse(date) / msPerDay

/** The first of the rows of a year, and the one after the last. They follow each other, because a year is one object. */
const rowsOf = (days: Float64Array, year: number): [number, number] => {
  const [first, last] = [dayOf(`${year}-01-01`), dayOf(`${year}-12-31`)]
  const isIn = (day: number) => day >= first && day <= last
  const from = days.findIndex(isIn)
  return from < 0 ? [0, 0] : [from, days.findLastIndex(isIn) + 1]
}

/** The bars of a year are read again, for the columns of the rows. If another writer replaced them meanwhile, the windows are of other bars. */
const rowsFrom = (name: string, rows: string, year: number, relation: string): string => {
  const isSame = `case when session - ${epoch} = series_day then true else error('${name} was replaced while it was read. Compute again') end`
  return `with ${name} as (
      select * from (select * from series_read where ${inYears('session', { from: year, to: year })})
      positional join ${relation} where ${isSame}
    ) select * from (${rows})`
}

/** Columns of all rows that are read, in the order in which they are read. */
const windowsOf = async <N extends string, M extends string>(
  own: Engine,
  from: Bars,
  { terms, names, beside, made, windows }: Series<N, M>,
  part: Span,
): Promise<{ days: Float64Array; windows: Columns<M> }> => {
  const isRead = readYears(from, part)
  const numbered = `enum_code(try_cast(symbol as series_symbol)) as series, session - ${epoch} as day`
  const query = `with ${from.bars.name} as (select * from series_read where ${isRead}) select * from (${terms.text})`
  const read = await own.doubles(
    ['series', 'day', ...names],
    `(select ${[numbered, ...names].join(', ')} from (${query}))`,
  )
  const seriesCount = read.series.reduce((most, each) => Math.max(most, each), -1) + 1
  const { order, starts } = groupedBySeries(read.series, read.day, seriesCount)
  const further = beside?.names ?? []
  const other = await own.doubles(
    ['series', 'day', ...further],
    beside
      ? `(from (select ${[numbered, ...further].join(', ')} from (${beside.query.text}) where ${isRead}) where series < ${seriesCount})`
      : '(select 0 as series, 0 as day where false)',
  )
  const others = groupedBySeries(other.series, other.day, seriesCount)
  const gap = from.rowsBack
  const space = new Workspace()
  const found = Object.fromEntries(made.map((name) => [name, new Float64Array(order.length)])) as Columns<M>
  for (let each = 0; each < seriesCount; each++) {
    const rows = order.subarray(starts[each], starts[each + 1])
    space.reset()
    const own = { rows, days: read.day }
    const same = { rows: others.order.subarray(others.starts[each], others.starts[each + 1]), days: other.day }
    const column = () => space.startedAt(gap, gap + rows.length)
    const numbers = Object.fromEntries([
      ...names.map((name) => [name, gather(column(), gap, read[name], rows)]),
      ...further.map((name) => [name, match(column(), gap, own, same, other[name])]),
    ]) as Columns<N>
    const columns = windows(numbers, space)
    for (const name of made) scatter(found[name], columns[name], gap, rows)
  }
  return { days: read.day, windows: found }
}
