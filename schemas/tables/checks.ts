import { bigint, date, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const checks = defineTable({
  name: 'checks',
  doc: 'One row per session checked, rule and subject: what looks wrong in the lake.',
  grain: ['session', 'rule', 'subject'],
  yearOf: 'session',
  origin: 'pipeline',
  columns: {
    session: date('Session that was checked.'),
    rule: string('Name of the check.'),
    subject: string('Table, symbol or source it is about.'),
    status: string('`warning`: something to look at; it stops nothing.'),
    finding_count: bigint('Findings.', { unit: 'findings' }),
    detail: string.nullable('First finding in words.'),
    ...knowledge,
  },
})
