import { bigint, boolean, date, double, string } from '../../column.ts'
import { levelsOf, reasonOf, type SignalLevels } from '../../signal-levels.ts'
import { type Signal, signals } from '../../signals.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, join, quoted, raw, type Sql, sql } from '../../view.ts'
import { crashPrecursors } from './crash_precursors.ts'

const valueSql = ({ column, direction }: Signal) =>
  direction === 'true' ? `case when ${column} then 1e0 when not ${column} then 0e0 end` : `cast(${column} as double)`

const facts = (signal: Signal, overrides: SignalLevels) => {
  const levels = levelsOf(signal, overrides)
  const [title] = signal.title
  const reasons = (['lit', 'held', 'notLit', 'unknown'] as const).map((reason) => reasonOf(signal, reason, levels)[0])
  const texts = [signal.column, signal.group, title, signal.direction, ...reasons].map(quoted)
  return raw(`(${[...texts, levels.on.toExponential(), levels.off.toExponential()].join(', ')})`)
}

/** The state of every signal on every evening. The view has the declared levels; a reader with levels of its own runs the same text with those. */
export const signalStates = (overrides: SignalLevels = {}): Sql => sql`
  with facts as (
    select * from (values
      ${join(
        signals.map((signal) => facts(signal, overrides)),
        ',\n',
      )}
    ) as facts(signal, signal_group, title, direction, lit_text, held_text, not_lit_text, unknown_text, threshold, off_level)
  ),
  valued as (
    select
      p.session, s.session_number, signal, signal_group, title, direction, lit_text, held_text, not_lit_text, unknown_text,
      threshold, off_level,
      case signal
        ${join(
          signals.map((signal) => raw(`when ${quoted(signal.column)} then ${valueSql(signal)}`)),
          '\n',
        )}
      end as value
    from ${crashPrecursors} p
    left join ${sessions} s on s.session = p.session
    cross join facts
  ),
  decided as (
    select
      *,
      case
        when direction = 'true' then value = 1e0
        when direction = 'above' and value > threshold then true
        when direction = 'above' and value <= off_level then false
        when direction = 'below' and value <= threshold then true
        when direction = 'below' and value > off_level then false
      end as decision
    from valued
  ),
  carried as (
    select
      *,
      coalesce(
        max_by(decision, case when decision is not null then session end) over (partition by signal order by session),
        false
      ) as is_on
    from decided
  ),
  compared as (
    select *, coalesce(lag(is_on) over (partition by signal order by session), false) as was_on
    from carried
  ),
  dated as (
    select
      *,
      max(case when is_on and not was_on then session end) over w as on_since,
      max(case when is_on and not was_on then session_number end) over w as on_number
    from compared
    window w as (partition by signal order by session)
  )
  select
    session, signal, signal_group, title, value, threshold, off_level,
    case when value is not null then is_on end as is_lit,
    case when value is not null then is_on and decision is null end as is_held,
    case when value is not null and is_on then on_since end as lit_since,
    case when value is not null and is_on then session_number - on_number + 1 end as lit_session_count,
    case when is_on and not was_on then 'lit' when was_on and not is_on then 'out' end as change,
    case
      when value is null then unknown_text
      when not is_on then not_lit_text
      when decision is null then held_text
      else lit_text
    end as because
  from dated
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
