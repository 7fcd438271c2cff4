import { bigint, boolean, date, double, string } from '../../column.ts'
import { levelsOf, reasonOf, type SignalLevels } from '../../signal-levels.ts'
import { forEachSignal, ofOwnSignal } from '../../signal-sql.ts'
import { type Signal, signals } from '../../signals.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, join, quoted, raw, type Sql, sql } from '../../view.ts'
import { crashPrecursors } from './crash_precursors.ts'

const valueSql = ({ column, direction }: Signal) =>
  direction === 'true' ? `case when ${column} then 1e0 when not ${column} then 0e0 end` : `cast(${column} as double)`

/** 1 where the value of the session alone lights the signal, 0 where it puts it out, and NULL in between and without a value. */
const decisionSql = (signal: Signal, overrides: SignalLevels) => {
  const levels = levelsOf(signal, overrides)
  const [on, off] = [levels.on.toExponential(), levels.off.toExponential()]
  const value = `value_${signal.column}`
  if (signal.direction === 'true') return `case when ${value} = 1e0 then 1 when ${value} is not null then 0 end`
  return signal.direction === 'above'
    ? `case when ${value} > ${on} then 1 when ${value} <= ${off} then 0 end`
    : `case when ${value} <= ${on} then 1 when ${value} > ${off} then 0 end`
}

const facts = (signal: Signal, overrides: SignalLevels) => {
  const levels = levelsOf(signal, overrides)
  const [title] = signal.title
  const reasons = (['lit', 'held', 'notLit', 'unknown'] as const).map((reason) => reasonOf(signal, reason, levels)[0])
  const texts = [signal.column, signal.group, title, ...reasons].map(quoted)
  return raw(`(${[...texts, levels.on.toExponential(), levels.off.toExponential()].join(', ')})`)
}

/**
 * The state of every signal on every evening. The view has the declared levels; a reader with levels of its own runs the same text with those.
 * The windows run over one row for each session, with a column for each signal. For 17,500 sessions, windows over a row for each
 * session and signal take three times as long. A number holds the day and the decision, because a running maximum of numbers is faster
 * than `max_by`. The state before a session follows from the decisions before it, so that no further window compares two sessions.
 */
export const signalStates = (overrides: SignalLevels = {}): Sql => sql`
  with facts as (
    select * from (values
      ${join(
        signals.map((signal) => facts(signal, overrides)),
        ',\n',
      )}
    ) as facts(signal, signal_group, title, lit_text, held_text, not_lit_text, unknown_text, threshold, off_level)
  ),
  valued as (
    select
      p.session, s.session_number,
      ${forEachSignal((column, signal) => `${valueSql(signal)} as value_${column}`)}
    from ${crashPrecursors} p
    left join ${sessions} s on s.session = p.session
  ),
  decided as (
    select
      *,
      ${forEachSignal((column, signal) => `2 * date_diff('day', date '1900-01-01', session) + ${decisionSql(signal, overrides)} as decided_${column}`)}
    from valued
  ),
  earlier as (
    select
      *,
      ${forEachSignal((column) => `max(decided_${column}) over before as earlier_${column}`)}
    from decided
    window before as (order by session rows between unbounded preceding and 1 preceding)
  ),
  compared as (
    select
      *,
      ${forEachSignal((column) => `coalesce(coalesce(decided_${column}, earlier_${column}) % 2 = 1, false) as on_${column}`)},
      ${forEachSignal((column) => `coalesce(earlier_${column} % 2 = 1, false) as was_${column}`)}
    from earlier
  ),
  dated as (
    select
      *,
      ${forEachSignal((column) => `max(case when on_${column} and not was_${column} then session end) over so_far as since_${column}`)}
    from compared
    window so_far as (order by session rows between unbounded preceding and current row)
  ),
  states as (
    select
      session, session_number, signal, signal_group, title, lit_text, held_text, not_lit_text, unknown_text, threshold, off_level,
      ${ofOwnSignal('value')} as value,
      ${ofOwnSignal('decided')} as decided,
      ${ofOwnSignal('on')} as is_on,
      ${ofOwnSignal('was')} as was_on,
      ${ofOwnSignal('since')} as on_since
    from dated
    cross join facts
  )
  select
    states.session, signal, signal_group, title, value, threshold, off_level,
    case when value is not null then is_on end as is_lit,
    case when value is not null then is_on and decided is null end as is_held,
    case when value is not null and is_on then on_since end as lit_since,
    case when value is not null and is_on then states.session_number - began.session_number + 1 end as lit_session_count,
    case when is_on and not was_on then 'lit' when was_on and not is_on then 'out' end as change,
    case
      when value is null then unknown_text
      when not is_on then not_lit_text
      when decided is null then held_text
      else lit_text
    end as because
  from states
  left join ${sessions} began on began.session = states.on_since
`

export const precursorSignals = defineView({
  name: 'precursor_signals',
  doc: 'One row per session and signal: its value, its levels, whether it was lit and since when. It lights beyond `threshold`, goes out at `off_level`, and stays as it was in between. NULL means unknown, which is not the same as not lit.',
  grain: ['session', 'signal'],
  columns: {
    session: date('XNYS session.'),
    signal: string('Column of crash_precursors.'),
    signal_group: string('Group: price, volatility, correlation, liquidity, flow, catalyst or macro.'),
    title: string('Name of the signal.'),
    value: double.nullable('Value; 1 and 0 for true and false.', { unit: 'of the column' }),
    threshold: double('Level beyond which it lights, fixed beforehand.', { unit: 'of the column' }),
    off_level: double('Level at which it goes out.', { unit: 'of the column' }),
    is_lit: boolean.nullable('Whether it was lit; NULL when the value is unknown.'),
    is_held: boolean.nullable(
      'Whether it was lit only because the value had not come back to `off_level`; NULL when the value is unknown.',
    ),
    lit_since: date.nullable(
      'Session on which it lit; NULL unless it was lit. An unknown value in between does not end it.',
    ),
    lit_session_count: bigint.nullable(
      'Sessions of the exchange since then, this one included; NULL unless it was lit.',
      {
        unit: 'sessions',
      },
    ),
    change: string.nullable(
      '`lit` or `out` if it changed since the last earlier session that has a row; NULL if it did not.',
    ),
    because: string('Why it was lit or not.'),
  },
  sql: signalStates(),
})
