import { bigint, date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const marketDepth = defineTable({
  name: 'market_depth',
  doc: 'One row per instrument, session, metric, source and vintage: top-of-book depth and spread. No free source has them, so they are imported.',
  grain: ['instrument', 'session', 'metric', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'after_close', minutes: 60 },
  aliases: { date: 'session', window: 'sampling_window' },
  columns: {
    instrument: string('Sampled instrument, such as ES, the E-mini S&P 500 future.', { default: 'ES' }),
    session: date('XNYS session.'),
    metric: string('`top_of_book_usd`, `depth10_usd` or `spread_bps`.'),
    value: double('Value of the metric. Depth is the mean of bid and ask size in USD; the spread is in basis points.', {
      unit: 'USD or bps',
    }),
    sample_count: bigint.nullable('Number of samples behind the value. Below 60, the depth features are NULL.', {
      unit: 'samples',
    }),
    sampling_window: string.nullable(
      'Sampled hours and statistic, such as `rth median` (median of regular trading hours).',
    ),
    ...knowledge,
  },
  invariants: [
    { name: 'metric must be known', sql: "metric in ('top_of_book_usd', 'depth10_usd', 'spread_bps')" },
    { name: 'value must not be negative', sql: 'value >= 0' },
  ],
})
