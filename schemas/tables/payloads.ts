import { bigint, date, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

/** Key of a row that stands for all further requests of a source, which were not sent. */
export const everyRequest = '*'

/** Statuses of a payload that has no rows: it was refused, or there was no answer. */
export const statusesWithoutRows: readonly string[] = ['refused', 'unanswered']

export const payloads = defineTable({
  name: 'payloads',
  doc: 'One row per bronze payload that has been landed or refused, with its status and row counts, and one per request without an answer.',
  grain: ['source', 'fetched_at', 'bronze_key', 'request_key'],
  yearOf: 'fetched_at',
  origin: 'pipeline',
  columns: {
    request_key: string(
      'Subject of the request: a symbol, an index, a series or a filer. `*`: all further requests to a source that could not be reached.',
    ),
    status: string('`landed`, `landed_with_rejections`, `refused`, or `unanswered` if the request has no answer.'),
    row_count: bigint('Rows decoded.', { unit: 'rows' }),
    rejected_count: bigint('Rows rejected.', { unit: 'rows' }),
    left_out_count: bigint.nullable(
      'Bars outside the regular hours of their session, which are not stored. NULL for a payload without bars.',
      { unit: 'rows' },
    ),
    first_session: date.nullable('Earliest session in the payload.'),
    last_session: date.nullable('Latest session in the payload.'),
    asked_to: date.nullable('Last session requested. NULL for an imported file.'),
    last_order_at: timestamp.nullable(
      'Latest publication instant in the payload, by which vintages are ordered. NULL if the provider proves none.',
    ),
    error: string.nullable('Why the payload was refused, or why there is none. NULL if it landed.'),
    ...knowledge,
  },
})
