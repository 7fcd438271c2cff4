/** The statement for the rows of a table or view between two days. */
import { isCalendarDate } from '../calendar/plausible.ts'
import { UsageError } from '../core/errors.ts'
import { unknownName } from '../core/nearest.ts'
import { quoted } from '../schemas/view.ts'
import { relationNamed } from './desk/describe.ts'

export interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const viewStatement = (name: string, span: Span, columns: readonly string[] = []): string => {
  const relation = relationNamed(name)
  const known = Object.keys(relation.columns)
  const odd = columns.find((column) => !known.includes(column))
  if (odd !== undefined) throw unknownName(`column of ${name}`, odd, known)
  const day = ['session', 'known_session', 'reference_period'].find((each) => known.includes(each))
  const conditions = (['from', 'to'] as const).flatMap((end) => {
    const value = span[end]
    if (value === undefined) return []
    if (!isCalendarDate(value)) throw new UsageError(`${end}: ${value} is not a date: write it as yyyy-mm-dd`)
    if (!day) throw new UsageError(`${name} has no column of days, so that it takes no ${end}`)
    return [`${day} ${end === 'from' ? '>=' : '<='} date ${quoted(value)}`]
  })
  const { from, to } = span
  if (from !== undefined && to !== undefined && from > to) throw new UsageError(`from: ${from} is later than to: ${to}`)
  const where = conditions.length ? ` where ${conditions.join(' and ')}` : ''
  return `select ${columns.join(', ') || '*'} from ${name}${where} order by ${relation.grain.join(', ')}`
}
