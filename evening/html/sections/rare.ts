/** How rare the session is, by the index and by the fund. */
import type { Value } from '../../../core/engine.ts'
import { benchmark } from '../../../schemas/baskets.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { gapAndReverse } from '../../../schemas/views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { date } from '../../fragments.ts'
import { analogs } from '../../gather/score.ts'
import type { Row } from '../../gather/subject.ts'
import type { Say } from '../../language/language.ts'
import { onAxis, signedPercent } from '../../language/numbers.ts'
import { counted } from '../../language/signal-value.ts'
import { gapsAndCloses } from '../charts/days.ts'
import type { ChartContext, Section } from '../exhibit.ts'
import { rareAgainstHistory } from './mechanisms.ts'

const { index, etf } = benchmark
const benchmarks = literals([index, etf])

/** The share of sessions so far that went at least as far in the same direction. */
const extremes = (session: string) => sql`
  with own as (
    select symbol, gap_return, close_return, range_fraction, open_to_close_return
    from ${intradayReversal}
    where session = ${date(session)} and symbol in (${benchmarks})
  )
  select
    o.symbol,
    o.close_return,
    avg(case when p.close_return is null then null when (o.close_return < 0 and p.close_return <= o.close_return) or (o.close_return >= 0 and p.close_return >= o.close_return) then 1e0 else 0e0 end) as close_share,
    o.open_to_close_return,
    avg(case when o.open_to_close_return is null or p.open_to_close_return is null then null when (o.open_to_close_return < 0 and p.open_to_close_return <= o.open_to_close_return) or (o.open_to_close_return >= 0 and p.open_to_close_return >= o.open_to_close_return) then 1e0 else 0e0 end) as open_to_close_share,
    o.range_fraction,
    avg(case when o.range_fraction is null or p.range_fraction is null then null when p.range_fraction >= o.range_fraction then 1e0 else 0e0 end) as range_share,
    count(p.close_return) as session_count,
    min(case when p.close_return is not null then p.session end) as counted_from
  from own o
  join ${intradayReversal} p on p.symbol = o.symbol and p.session <= ${date(session)}
  group by o.symbol, o.close_return, o.open_to_close_return, o.range_fraction
  having count(p.close_return) > 0
  order by o.symbol`

/** The reversals up to this session by threshold, and the span of real opens on which they are counted. */
const reversals = (session: string) => sql`
  select
    threshold,
    symbol,
    count(*) as reversal_count,
    max(session) as latest,
    max(case when session = ${date(session)} then 1 else 0 end) = 1 as is_this_one,
    min(opens_valid_from) as opens_valid_from,
    max(opens_last_invalid_on) as opens_last_invalid_on,
    max_by(rate_per_year, session) as rate_per_year
  from ${gapAndReverse}
  where symbol in (${benchmarks}) and session <= ${date(session)}
  group by threshold, symbol
  order by threshold, symbol`

const gaps = (session: string) => sql`
  select session, gap_return, close_return, is_gap_and_reverse
  from ${intradayReversal}
  where symbol = ${literals([etf])} and session <= ${date(session)}
    and gap_return > 1e-2 + 1e-12
  order by session`

/** Fewest gaps that are drawn. A single one is shown as a table. */
export const fewestGaps = 2

const changeOf = (value: Value | undefined, say: Say) => (value == null ? say('unknown') : signedPercent(Number(value)))

/** What a chart of gaps and closes shows, in a sentence. */
export const alternativeGaps = (
  rows: readonly Row[],
  { say, session }: Pick<ChartContext, 'say' | 'session'>,
): string => {
  const row = rows.find((each) => each.session === session)
  const known = {
    sessions: counted('sessions', rows.length, say),
    reversed: rows.filter((each) => each.is_gap_and_reverse).length,
  }
  if (!row) return say('alternative_gaps_without', known)
  return say('alternative_gaps', {
    ...known,
    gap: signedPercent(Number(row.gap_return)),
    close: changeOf(row.close_return, say),
  })
}

export const rareSection = (session: string): Section => ({
  id: 'rare',
  title: 'section_rare',
  exhibits: [
    ...rareAgainstHistory(session),
    {
      id: 'extremes',
      title: 'exhibit_extremes',
      note: 'note_extremes',
      sql: extremes(session),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        close_return: { label: 'column_close_return', format: 'change' },
        close_share: { label: 'column_as_extreme', format: 'share' },
        open_to_close_return: { label: 'column_open_to_close', format: 'change' },
        open_to_close_share: { label: 'column_as_extreme', format: 'share' },
        range_fraction: { label: 'column_range', format: 'share' },
        range_share: { label: 'column_as_extreme', format: 'share' },
        session_count: { label: 'column_sessions', format: 'count' },
        counted_from: { label: 'column_since', format: 'date' },
      },
    },
    {
      id: 'reversals',
      title: 'exhibit_reversals',
      note: 'note_reversals',
      sql: reversals(session),
      columns: {
        // The thresholds are exact.
        threshold: { label: 'column_gap_above', format: 'share', write: (value) => onAxis.share(value) },
        symbol: { label: 'column_symbol', format: 'text' },
        reversal_count: { label: 'column_so_far', format: 'count' },
        is_this_one: { label: 'column_this_session', format: 'yes' },
        latest: { label: 'column_latest', format: 'date' },
        opens_valid_from: { label: 'column_real_opens_since', format: 'date' },
        opens_last_invalid_on: { label: 'column_not_real_until', format: 'date' },
        rate_per_year: { label: 'column_per_year', format: 'number' },
      },
    },
    {
      id: 'gaps',
      title: 'exhibit_gaps',
      note: 'note_gaps',
      sql: gaps(session),
      columns: {
        session: { label: 'column_session', format: 'date' },
        gap_return: { label: 'column_gap', format: 'change' },
        close_return: { label: 'column_close_return', format: 'change' },
        is_gap_and_reverse: { label: 'column_reversed', format: 'yes' },
      },
      chart: {
        unit: 'unit_gap_and_close',
        fewestRows: fewestGaps,
        draw: gapsAndCloses,
        alternative: alternativeGaps,
      },
    },
    {
      id: 'followed',
      title: 'exhibit_followed',
      note: 'note_followed',
      sql: analogs.sql([session]),
      columns: {
        symbol: { label: 'column_symbol', format: 'text' },
        horizon: { label: 'column_sessions_on', format: 'count' },
        case_count: { label: 'column_earlier_cases', format: 'count' },
        mean_return: { label: 'column_mean', format: 'change' },
        mean_low_95: { label: 'column_low_95', format: 'change' },
        mean_high_95: { label: 'column_high_95', format: 'change' },
        median_return: { label: 'column_median', format: 'change' },
        hit_rate: { label: 'column_rose', format: 'share' },
        unconditional_mean: { label: 'column_any_session', format: 'change' },
      },
    },
  ],
})
