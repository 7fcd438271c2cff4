import { date, double, string } from '../column.ts'
import { creditSeriesNames, estimatedSeries } from '../credit-series.ts'
import { defineTable, knowledge } from '../table.ts'

const named = estimatedSeries.map((name) => `'${name}'`).join(', ')

export const creditSpreads = defineTable({
  name: 'credit_spreads',
  doc: 'One row per series, session, source and vintage: credit spreads, the slope of the Treasury curve, and indices of financial conditions. Spreads are published on the next morning and stay as they are. NFCI and STLFSI are estimated anew with every release, so their rows need the instant of their vintage.',
  grain: ['series', 'session', 'source', 'known_at'],
  yearOf: 'session',
  lag: { kind: 'next_morning' },
  // FRED names the value column after the series.
  aliases: {
    date: 'session',
    observation_date: 'session',
    ...Object.fromEntries(creditSeriesNames.map((name) => [name.toLowerCase(), 'value'])),
  },
  columns: {
    series: string('Identifier of the series on FRED, such as BAMLH0A0HYM2.'),
    session: date('XNYS session that the value describes. A week is dated by its last session.'),
    value: double('Value as published.', { unit: '% or index points' }),
    ...knowledge,
  },
  invariants: [
    {
      name: 'known_at must be given for NFCI and STLFSI: each release estimates their whole history anew, so that reading the history of today looks ahead',
      sql: `series not in (${named}) or _published_at is not null`,
    },
  ],
})
