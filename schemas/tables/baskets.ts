import { date, double, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const baskets = defineTable({
  name: 'baskets',
  doc: 'One row per basket, member, start of membership, source and vintage: the baskets (groups of symbols) that an analyst imports.',
  grain: ['basket', 'symbol', 'member_from', 'source', 'known_at'],
  yearOf: 'member_from',
  lag: { kind: 'column', column: 'member_from' },
  isReference: true,
  columns: {
    basket: string('Name of the group.'),
    symbol: string('Ticker of the member.'),
    member_from: date('First session of the membership.', { default: '1957-01-02' }),
    member_until: date.nullable('Last session of the membership. NULL while it lasts.'),
    weight: double.nullable('Weight in the group. NULL means equal weights.', { unit: 'fraction' }),
    benchmark: string.nullable('Symbol that represents the market. NULL means the equal-weighted mean of the group.'),
    ...knowledge,
  },
  invariants: [{ name: 'weight must be above zero', sql: 'weight > 0' }],
})
