/** The columns of `crash_precursors` that come from bars inside the session. */
import { benchmark } from '../../baskets.ts'
import { bigint, boolean, double } from '../../column.ts'
import { join, literals, raw, sql } from '../../view.ts'
import { preferredShape } from '../shared/preferred-feed.ts'

export const intradayColumns = {
  etf_minutes_to_turn: bigint.nullable(
    'SPY: minutes from the open after which the price stayed below the open, if the session closed below it. NULL without bars inside the session, as the columns below.',
    { unit: 'minutes' },
  ),
  etf_minutes_to_gap_lost: bigint.nullable(
    'SPY: minutes from the open to the first bar that closed below the previous close, after a gap up. NULL if the gap was kept.',
    { unit: 'minutes' },
  ),
  etf_last_30_return: double.nullable('SPY: return of the last 30 minutes.', { unit: 'fraction' }),
  etf_intraday_volatility: double.nullable(
    'SPY: realized volatility of the session from five-minute returns, annualised.',
    { unit: 'fraction per year' },
  ),
  etf_downside_share: double.nullable(
    'SPY: share of the realized variance of the session that is from negative five-minute returns.',
    { unit: 'fraction' },
  ),
  etf_is_turned_by_noon: boolean.nullable(
    'SPY: true if the session closed below its open, and the price stayed below the open from noon or earlier on.',
  ),
  etf_is_gap_lost: boolean.nullable(
    'SPY: true if the session opened above the previous close and a bar closed below it. NULL also without bars inside the previous session.',
  ),
} as const

/** 12:00, in minutes from the open. */
const noon = 150

const from: Readonly<Record<keyof typeof intradayColumns, string>> = {
  etf_minutes_to_turn: 'minutes_to_turn',
  etf_minutes_to_gap_lost: 'minutes_to_gap_lost',
  etf_last_30_return: 'last_30_return',
  etf_intraday_volatility: 'realized_volatility',
  etf_downside_share: 'downside_share',
  etf_is_turned_by_noon: `case when open is not null then minutes_to_turn is not null and minutes_to_turn <= ${noon} end`,
  etf_is_gap_lost:
    'case when open is not null and previous_close is not null then open > previous_close and minutes_to_gap_lost is not null end',
}

const selected = Object.entries(from).map(([name, column]) => raw(`${column} as ${name}`))

/** One row per session, with these columns. */
export const intradayOfSession = sql`
  select session, ${join(selected, ', ')}
  from (${preferredShape}
  ) as preferred
  where symbol = ${literals([benchmark.etf])}`

/** The columns, for the select list of a query that joins the rows as `alias`. */
export const intradayOf = (alias: string) =>
  join(
    Object.keys(intradayColumns).map((name) => raw(`${alias}.${name}`)),
    ',\n      ',
  )
