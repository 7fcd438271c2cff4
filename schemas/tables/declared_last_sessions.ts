import { date, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const declaredLastSessions = defineTable({
  name: 'declared_last_sessions',
  doc: 'One row per symbol of which universe.json declares the last session, because it was delisted.',
  grain: ['symbol'],
  yearOf: 'last_session',
  origin: 'pipeline',
  isReference: true,
  columns: {
    symbol: string('Ticker, or the name of a fund or an index.'),
    last_session: date('Last session on which it traded.'),
    ...knowledge,
  },
})
