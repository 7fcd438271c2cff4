/**
 * Views over series, made from rows that are sorted once by symbol and session. A window over rows that are in order needs no sort of its own,
 * and the rows that come out of it are in the order in which they are stored. The SQL is that of the view, but for the window.
 */
import type { Engine } from '../../core/engine.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { type Relation, renderView, type View } from '../../schemas/view.ts'
import { oneSeries } from '../../schemas/views/shared/lag-blocks.ts'
import { firstDayRead } from '../silver/staleness.ts'
import type { Made, Span } from './computation.ts'
import { inYears, partsOf } from './parts.ts'

export const madeInSeries = async (engine: Engine, view: View, span: Span): Promise<Made> => {
  const bars = view.sql.reads[0]!
  // The name of the relation stands for its rows in order, so that the rows as they are read need another one.
  await engine.run(`create or replace view series_read as select * from ${bars.name}`)
  const [found] = await engine.rows<{ n: number }>(
    `select count(*) as n from ${bars.name} where ${inYears(view.materialized!.yearOf, span)}`,
  )
  return { queries: partsOf(engine, span, found!.n).map((part) => queryOf(view, bars, part)), rowCount: found!.n }
}

const queryOf = (view: View, bars: Relation, span: Span): string => {
  const { yearOf, daysBack } = view.materialized!
  const read = `${yearOf} between date '${firstDayRead(span.from, daysBack)}' and date '${span.to}-12-31'`
  return `with ${bars.name} as not materialized (${inOrder(view, bars, read)})
    select * from (${renderView(view).replaceAll(oneSeries.text, 'window w as ()')})
    where ${inYears(yearOf, span)}`
}

/**
 * The rows of the series in order. Before each series there are as many rows without values as a row depends on, so that no window reaches
 * into the series before it. Their sessions are in the year 1.
 */
const inOrder = ({ sql, materialized }: View, bars: Relation, read: string): string => {
  const words = new Set(sql.text.match(/\w+/g))
  const needed = Object.entries(bars.columns).filter(([name]) => words.has(name))
  const names = needed.map(([name]) => name).join(', ')
  const empty = needed.map(([name, { type }]) => {
    if (name === 'symbol') return 'symbol'
    if (name === 'session') return `date '0001-01-01' + cast(place as integer) as session`
    return `cast(null as ${sqlTypeName(type)}) as ${name}`
  })
  return `select * from (
      select ${names} from series_read where ${read}
      union all
      select ${empty.join(', ')}
      from (select distinct symbol from series_read where ${read}) cross join range(${materialized!.rowsBack}) as places(place)
    ) order by symbol, session`
}
