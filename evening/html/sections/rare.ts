/** How rare the session is, by the index and by the fund. */
import type { Value } from '../../../core/engine.ts'
import { benchmark } from '../../../schemas/baskets.ts'
import { gapThresholds } from '../../../schemas/thresholds.ts'
import { literals, quoted, raw, sql } from '../../../schemas/view.ts'
import { dailyBarsAsKnown } from '../../../schemas/views/bars/daily_bars_as_known.ts'
import { gapAndReverse } from '../../../schemas/views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { date } from '../../fragments.ts'
import { analogs } from '../../gather/score.ts'
import type { Row } from '../../gather/subject.ts'
import type { Say } from '../../language/language.ts'
import { onAxis, percent, signedPercent, whole } from '../../language/numbers.ts'
import { counted } from '../../language/signal-value.ts'
import { gapsAndCloses } from '../charts/days.ts'
import type { ChartContext, Section } from '../exhibit.ts'
import { rareAgainstHistory } from './mechanisms.ts'

const { index, etf } = benchmark
const benchmarks = literals([index, etf])

/** The moves of a session, each with its own history: opens and ranges of an index are usable much later than its closes. */
const measures = ['close_return', 'open_to_close_return', 'range_fraction'] as const

/** The share of sessions so far that went at least as far in the same direction. */
const extremes = (session: string) => sql`
  with moves as (
    select symbol, session, place, measure, case measure ${raw(measures.map((each) => `when ${quoted(each)} then ${each}`).join(' '))} end as value
    from ${intradayReversal}
    cross join (values ${raw(measures.map((each, place) => `(${place}, ${quoted(each)})`).join(', '))}) as m(place, measure)
    where symbol in (${benchmarks}) and session <= ${date(session)}
  )
  select
    o.symbol,
    o.measure,
    o.value,
    avg(case when o.value is null or p.value is null then null when (o.value < 0 and p.value <= o.value) or (o.value >= 0 and p.value >= o.value) then 1e0 else 0e0 end) as as_extreme_share,
    count(p.value) as session_count,
    min(case when p.value is not null then p.session end) as counted_from
  from moves o
  join moves p on p.symbol = o.symbol and p.measure = o.measure
  where o.session = ${date(session)}
  group by o.symbol, o.place, o.measure, o.value
  having count(p.value) > 0
  order by o.symbol, o.place`

/** The reversals up to this session by threshold, also those that never happened, among the usable opens up to this session. */
const reversals = (session: string) => sql`
  with opens as (
    select
      symbol,
      sum(case when has_open and previous_close is not null then 1 else 0 end) as valid_open_count,
      min(case when has_open and previous_close is not null then session end) as opens_valid_from,
      max(case when not has_open then session end) as last_invalid_on
    from ${dailyBarsAsKnown}
    where symbol in (${benchmarks}) and session <= ${date(session)}
    group by symbol
  )
  select
    t.threshold,
    o.symbol,
    count(g.session) as reversal_count,
    o.valid_open_count,
    coalesce(max(g.session) = ${date(session)}, false) as is_this_one,
    max(g.session) as latest,
    o.opens_valid_from,
    case when o.last_invalid_on >= o.opens_valid_from then o.last_invalid_on end as opens_last_invalid_on,
    count(g.session) * 252e0 / o.valid_open_count as rate_per_year
  from opens o
  cross join (values ${raw(gapThresholds.map((each) => `(${each.toExponential()})`).join(', '))}) as t(threshold)
  left join ${gapAndReverse} g on g.symbol = o.symbol and g.threshold = t.threshold and g.session <= ${date(session)}
  where o.valid_open_count > 0
  group by t.threshold, o.symbol, o.valid_open_count, o.opens_valid_from, o.last_invalid_on
  order by t.threshold, o.symbol`

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
        measure: { label: 'column_move', format: 'name' },
        value: {
          label: 'column_value',
          format: 'change',
          write: (value, { measure }) => (measure === 'range_fraction' ? percent(value) : signedPercent(value)),
        },
        as_extreme_share: { label: 'column_as_extreme', format: 'share' },
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
        reversal_count: {
          label: 'column_of_usable_opens',
          format: 'count',
          write: (count, { valid_open_count: total }, say) =>
            say('count_of', { count: whole(count), total: whole(Number(total)) }),
        },
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
