/** How unusual each mechanism was, for a session that no published explanation is about; and the last decades for comparison. */
import { benchmark } from '../../../schemas/baskets.ts'
import { fewestObservations } from '../../../schemas/precursors.ts'
import { literals, raw, type Sql, sql } from '../../../schemas/view.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'
import { realizedVolatility } from '../../../schemas/views/volatility/realized_volatility.ts'
import { date } from '../../fragments.ts'
import { rarityBySignal } from '../../gather/rarity.ts'
import { shortHistoryText } from '../../language/signal-value.ts'
import { narrativeSession } from '../claims/index.ts'
import type { Exhibit } from '../exhibit.ts'
import { lineExhibit } from '../line-exhibit.ts'

export const mechanisms = (session: string): Exhibit => ({
  id: 'mechanisms',
  title: 'exhibit_mechanisms',
  note: 'note_mechanisms',
  // Signals with values that any session is as far as tell nothing. They share a row, and so do those with the same short history.
  sql: sql`
    select
      array_join(array_agg(signal order by signal), ',') as signal, as_extreme_share,
      case when count(*) = 1 or as_extreme_share is null then max(session_count) end as session_count,
      case when count(*) = 1 or as_extreme_share is null then max(counted_from) end as counted_from,
      case when count(*) = 1 then max(earlier_on) end as earlier_on
    from (
      select
        signal, session_count, counted_from, earlier_on,
        case when session_count >= ${fewestObservations} then as_extreme_share end as as_extreme_share
      from (${rarityBySignal([session])}
      ) as rarities
      where as_extreme_share is not null
    ) as told
    group by
      as_extreme_share,
      case when as_extreme_share < 1e0 then signal end,
      case when as_extreme_share is null then session_count end,
      case when as_extreme_share is null then counted_from end
    order by as_extreme_share nulls last, signal`,
  columns: {
    signal: { label: 'column_mechanism', format: 'name' },
    as_extreme_share: {
      label: 'column_as_extreme',
      format: 'share',
      unknown: ({ session_count }, say) => shortHistoryText(Number(session_count), say),
    },
    session_count: { label: 'column_sessions', format: 'count' },
    counted_from: { label: 'column_since', format: 'date' },
    earlier_on: { label: 'column_last_as_extreme', format: 'date' },
  },
})

/** The decades since 1990 have all figures of the page. An earlier session is compared with all that came before it. */
const beginOf = (session: string) => (session < '2000' ? '1900-01-01' : '1990-01-01')

/** A figure on the last session of each month with a value of it, and on this one. `of` gives its values by session. */
const months = (session: string, name: string, of: Sql) => sql`
  select max(session) as session, max_by(value, session) as ${raw(name)}
  from (${of}) as figures
  where session between ${date(beginOf(session))} and ${date(session)} and value is not null
  group by date_trunc('month', session)
  order by session`

const drawdowns = sql`select session, index_drawdown_252 as value from ${crashPrecursors}`
const volatilities = sql`select session, close_to_close_20 as value from ${realizedVolatility} where symbol = ${literals([benchmark.index])}`

const history = (session: string): Exhibit[] => [
  lineExhibit(
    {
      id: 'drawdowns',
      title: 'exhibit_drawdowns',
      note: 'note_months',
      sql: months(session, 'drawdown', drawdowns),
      columns: { drawdown: { label: 'column_drawdown', format: 'change' } },
    },
    'unit_of_high',
    { series: [{ column: 'drawdown', label: 'column_drawdown' }], figure: 'change' },
  ),
  lineExhibit(
    {
      id: 'volatilities',
      title: 'exhibit_volatilities',
      note: 'note_months',
      sql: months(session, 'volatility', volatilities),
      columns: { volatility: { label: 'column_volatility', format: 'share' } },
    },
    'unit_per_year',
    { series: [{ column: 'volatility', label: 'column_volatility' }], figure: 'share', zero: true },
  ),
]

export const rareAgainstHistory = (session: string): Exhibit[] => [
  ...(session === narrativeSession ? [] : [mechanisms(session)]),
  ...history(session),
]
