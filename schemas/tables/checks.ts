import { bigint, date, string } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const checks = defineTable({
  name: 'checks',
  doc: 'One row per checked session, rule and subject: a finding that looks wrong in the lake.',
  grain: ['session', 'rule', 'subject'],
  yearOf: 'session',
  origin: 'pipeline',
  columns: {
    session: date('Session that was checked.'),
    rule: string('Name of the check.'),
    subject: string('Table, symbol or source of the finding.'),
    status: string('`warning`: worth a look. A warning stops no step.'),
    finding_count: bigint('Findings.', { unit: 'findings' }),
    detail: string.nullable('The first finding, in words.'),
    ...knowledge,
  },
})
