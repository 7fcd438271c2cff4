import { boolean, type Column, date, double, string } from '../../column.ts'
import { sessions } from '../../tables/sessions.ts'
import { drawdownHorizons, forwardHorizons } from '../../thresholds.ts'
import { defineView, join, raw, type Sql, sql } from '../../view.ts'
import { latestBars } from '../bars/latest_bars.ts'

const fraction = { unit: 'fraction' }

const lowest = Object.fromEntries(
  drawdownHorizons.map((n) => [
    `forward_minimum_return_${n}`,
    double.nullable(
      `Lowest close of the next ${n} sessions / close - 1. NULL until they have passed, and if one of them is missing.`,
      fraction,
    ),
  ]),
) as Record<`forward_minimum_return_${(typeof drawdownHorizons)[number]}`, Column<number | null>>

const returns = Object.fromEntries(
  forwardHorizons.map((n) => [
    `forward_return_${n}`,
    double.nullable(
      `Close ${n} session${n === 1 ? '' : 's'} later / close - 1. NULL until then, and if a bar in between is missing.`,
      fraction,
    ),
  ]),
) as Record<`forward_return_${(typeof forwardHorizons)[number]}`, Column<number | null>>

/** The values of a column every `step` rows ahead, as far as `last` rows. They refer to a window `w`. */
const ahead = (column: string, step: number, last: number): string[] =>
  Array.from({ length: last / step }, (_, i) => `lead(${column}, ${(i + 1) * step}) over w`)

/** The lowest value. Where a row is missing, the engines differ, and the bars are not consecutive. */
const lowestOf = (values: readonly string[]): Sql => raw(values.length > 1 ? `least(${values.join(', ')})` : values[0]!)

const isAhead = (n: number) => `lead(session_number, ${n}) over w = session_number + ${n}`

export const labelForwardDrawdown = defineView({
  name: 'label_forward_drawdown',
  doc: 'One row per symbol and session: the largest fall and the return of the close over the sessions that followed. It looks forward, so no precursor reads it.',
  grain: ['symbol', 'session'],
  columns: {
    symbol: string('Ticker.'),
    session: date('XNYS session.'),
    ...lowest,
    is_drawdown_5: boolean.nullable(
      'The label of the evaluation: true if the lowest close of the next 20 sessions is 5 % or more below this close.',
    ),
    ...returns,
  },
  // The lowest close of 60 rows is that of 12 times 5 rows: leads in two windows take three quarters of the time of minimums over four frames.
  sql: sql`
    with bars as (
      select b.symbol, b.session, s.session_number, b.close
      from ${latestBars} b
      join ${sessions} s on s.session = b.session
    ),
    fives as (
      select bars.*, ${lowestOf(ahead('close', 1, 5))} as low
      from bars
      window w as (partition by symbol order by session)
    ),
    -- A row n bars ahead is n sessions ahead only where no bar is missing in between.
    ahead as (
      select
        symbol,
        session,
        close,
        ${join(
          drawdownHorizons.map((n) =>
            raw(`case when ${isAhead(n)} then ${lowestOf(['low', ...ahead('low', 5, n - 5)]).text} end as lowest_${n}`),
          ),
          ',\n',
        )},
        ${join(
          forwardHorizons.map((n) => raw(`case when ${isAhead(n)} then lead(close, ${n}) over w end as close_${n}`)),
          ',\n',
        )}
      from fives
      window w as (partition by symbol order by session)
    )
    select
      symbol,
      session,
      ${join(
        drawdownHorizons.map((n) => raw(`lowest_${n} / close - 1 as forward_minimum_return_${n}`)),
        ',\n',
      )},
      lowest_20 / close - 1 <= -5e-2 + 1e-12 as is_drawdown_5,
      ${join(
        forwardHorizons.map((n) => raw(`close_${n} / close - 1 as forward_return_${n}`)),
        ',\n',
      )}
    from ahead
  `,
})
