import { bigint, date, double, string, timestamp } from '../../column.ts'
import { volatilityIndices } from '../../tables/volatility_indices.ts'
import { defineView, sql } from '../../view.ts'
import { firstKnown, oneSource } from '../shared/as-known.ts'

const points = { unit: 'points' }

export const volatilityIndicesAsKnown = defineView({
  name: 'volatility_indices_as_known',
  doc: 'One row per volatility index and session: its values as first known by that evening.',
  grain: ['symbol', 'session'],
  columns: {
    symbol: string('VIX, VIX9D, VIX3M, VVIX or SKEW.'),
    session: date('XNYS session.'),
    session_number: bigint('Position of the session in the exchange calendar.', { unit: 'sessions' }),
    source: string('Source that is used for the index.'),
    high: double.nullable('High. NULL if only closes are published.', points),
    low: double.nullable('Low. NULL if only closes are published.', points),
    close: double('Close.', points),
    known_at: timestamp('When the row became known.'),
  },
  sql: sql`
    with first_known as (${firstKnown(volatilityIndices, 0)})
    select symbol, session, session_number, source, high, low, close, known_at
    from (${oneSource('first_known')}) as chosen
  `,
})
