import { boolean, date, double, string } from '../../column.ts'
import { type Signal, signals } from '../../signals.ts'
import { defineView, join, quoted, raw, sql } from '../../view.ts'
import { crashPrecursors } from './crash_precursors.ts'

const valueSql = ({ column, lit }: Signal) =>
  lit === 'true' ? `case when ${column} then 1e0 when not ${column} then 0e0 end` : `cast(${column} as double)`

const facts = ({ column, group, title, lit, threshold, because }: Signal) =>
  raw(`(${[column, group, title, lit, because].map(quoted).join(', ')}, ${threshold.toExponential()})`)

export const precursorSignals = defineView({
  name: 'precursor_signals',
  doc: 'One row per session and signal: its value, its threshold, and whether it was lit. NULL is unknown, not dark.',
  grain: ['session', 'signal'],
  columns: {
    session: date('XNYS session.'),
    signal: string('Column of crash_precursors.'),
    signal_group: string('Group: price, volatility, correlation, liquidity, flow, catalyst or macro.'),
    title: string('What it is.'),
    value: double.nullable('Value; 1 and 0 for true and false.', { unit: 'of the column' }),
    threshold: double('Threshold, fixed beforehand.', { unit: 'of the column' }),
    is_lit: boolean.nullable('Whether it was lit; NULL when the value is unknown.'),
    because: string('What the threshold means.'),
  },
  // At the threshold itself: `below` counts, as in "at or below"; `above` does not.
  sql: sql`
    with facts as (
      select * from (values
        ${join(signals.map(facts), ',\n')}
      ) as facts(signal, signal_group, title, lit, because, threshold)
    ),
    valued as (
      select
        session, signal, signal_group, title, lit, threshold, because,
        case signal
          ${join(
            signals.map((signal) => raw(`when ${quoted(signal.column)} then ${valueSql(signal)}`)),
            '\n',
          )}
        end as value
      from ${crashPrecursors}
      cross join facts
    )
    select
      session, signal, signal_group, title, value, threshold,
      case lit when 'above' then value > threshold when 'below' then value <= threshold else value = 1e0 end as is_lit,
      because
    from valued
  `,
})
