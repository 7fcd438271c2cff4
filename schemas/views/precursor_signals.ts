import { boolean, date, double, string } from '../column.ts'
import { type Signal, signals } from '../signals.ts'
import { defineView, join, quoted, raw, sql } from '../view.ts'
import { crashPrecursors } from './crash_precursors.ts'

const valueSql = ({ column, lit }: Signal) =>
  lit === 'true' ? `case when ${column} then 1e0 when not ${column} then 0e0 end` : `cast(${column} as double)`

// At the threshold itself: `below` counts, as in "at or below"; `above` does not.
const conditionOf = (signal: Signal) => {
  const value = valueSql(signal)
  if (signal.lit === 'true') return `${value} = 1e0`
  return signal.lit === 'above' ? `${value} > ${signal.threshold}` : `${value} <= ${signal.threshold}`
}

const branch = (signal: Signal) => sql`
  select session, ${raw(quoted(signal.column))} as signal, ${raw(quoted(signal.group))} as signal_group, ${raw(quoted(signal.title))} as title,
         ${raw(valueSql(signal))} as value, cast(${raw(String(signal.threshold))} as double) as threshold,
         ${raw(conditionOf(signal))} as is_lit, ${raw(quoted(signal.because))} as because
  from precursors`

export const precursorSignals = defineView({
  name: 'precursor_signals',
  doc: 'One row per session and signal: its value, its threshold, and whether it was lit. NULL is unknown, not dark.',
  grain: ['session', 'signal'],
  columns: {
    session: date('XNYS session.'),
    signal: string('Column of crash_precursors.'),
    signal_group: string('price, volatility, correlation, liquidity, flow, catalyst or macro.'),
    title: string('What it is.'),
    value: double.nullable('Value; 1 and 0 for true and false.', { unit: 'of the column' }),
    threshold: double('Threshold, fixed beforehand.', { unit: 'of the column' }),
    is_lit: boolean.nullable('Whether it was lit; NULL when the value is unknown.'),
    because: string('What the threshold means.'),
  },
  sql: sql`
    with precursors as (select * from ${crashPrecursors})
    ${join(signals.map(branch), '\nunion all\n')}
  `,
})
