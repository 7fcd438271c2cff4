import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const putCallRatios = defineTable({
  name: 'put_call_ratios',
  doc: 'One row per product, session, source and vintage: the ratio of puts to calls traded.',
  grain: ['product', 'session', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'next_morning' },
  aliases: { date: 'session' },
  columns: {
    product: string('`total`, `index`, `etp`, `equity`, `vix`, `spx` …'),
    session: date('XNYS session.'),
    put_call_ratio: double('Puts traded / calls traded.', { unit: 'ratio' }),
    call_volume: double.nullable('Calls traded. NULL if the source does not give it.', { unit: 'contracts' }),
    put_volume: double.nullable('Puts traded. NULL if the source does not give it.', { unit: 'contracts' }),
    ...knowledge,
  },
  invariants: [{ name: 'put_call_ratio must not be negative', sql: 'put_call_ratio >= 0' }],
})
