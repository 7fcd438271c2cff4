import { date, double, string } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const corporateActions = defineTable({
  name: 'corporate_actions',
  doc: 'One row per symbol, ex-session, action, source and vintage: splits and cash dividends. A price history restated for a split becomes one row here and is not a revision of the bars.',
  grain: ['symbol', 'session', 'action', 'source', 'known_at'],
  yearOf: 'session',
  isAnnounced: true,
  lag: { kind: 'after_close', minutes: -390 },
  columns: {
    symbol: string('Ticker.'),
    session: date('Ex-session: the first session that trades on the new basis.'),
    action: string('`split` or `dividend`.'),
    split_factor: double.nullable('New shares for one old share. NULL for a dividend.', { unit: 'shares' }),
    dividend: double.nullable('Cash per share. NULL for a split.', { unit: 'USD' }),
    ...knowledge,
  },
  invariants: [
    oneOf('action', ['split', 'dividend']),
    { name: 'split_factor must be above zero', sql: 'split_factor > 0' },
    { name: 'dividend must be above zero', sql: 'dividend > 0' },
    { name: 'one of split_factor and dividend must be given', sql: '(split_factor is null) <> (dividend is null)' },
  ],
})
