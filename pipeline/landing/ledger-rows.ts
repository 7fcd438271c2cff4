/** The lines of the ledger for the payloads of a batch, from its staged rows. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { isCalendarDate } from '../../calendar/plausible.ts'
import type { Table } from '../../schemas/table.ts'
import { type BronzeRecord, isUnanswered } from '../ingest/bronze.ts'
import type { Lake } from '../lake/lake.ts'
import type { Verdict } from './decoder.ts'
import type { LedgerRow } from './ledger.ts'
import { rejectionsName, stageName } from './relations.ts'
import { isBySession } from './validate.ts'

/** One line per payload and table over all staged rows, the rejected ones included. */
const stagedUnion = (tables: readonly Table[]) =>
  tables
    .map(
      (table) =>
        `select _payload, ${isBySession(table) ? 'session' : 'cast(null as date)'} as session, _published_at, _reason is not null as is_rejected, coalesce(_is_left_out, false) as is_left_out,
                ${Boolean(table.bars)} as has_bars
         from ${stageName(table)} s left join ${rejectionsName(table)} r on r._id = s._id`,
    )
    .join(' union all ')

export interface Span {
  _payload: number
  first: string | null
  last: string | null
  earliest: string | null
  latest: string | null
  rejected: number
  left_out: number
  has_bars: boolean
}

/** Sessions, instants and counts of the staged rows of each payload. */
export const spansOf = async ({ engine }: Lake, tables: readonly Table[]): Promise<ReadonlyMap<number, Span>> => {
  const spans = await engine.rows<Span>(
    `select _payload, min(session) as first, max(session) as last, min(_published_at) as earliest, max(_published_at) as latest,
            count(*) filter (where is_rejected) as rejected, count(*) filter (where is_left_out) as left_out,
            bool_or(has_bars) as has_bars
     from (${stagedUnion(tables)}) group by _payload`,
  )
  return new Map(spans.map((span) => [span._payload, span]))
}

/** The session that an answer said to have no file for: its rows cannot have been known by then. */
const absentDay = ({ status, key }: BronzeRecord, { error }: Verdict): string | null =>
  status !== 200 && error === null && isCalendarDate(key) ? key : null

const statusOf = (record: BronzeRecord, { error }: Verdict, rejected: number): string => {
  if (isUnanswered(record)) return 'unanswered'
  return error ? 'refused' : rejected ? 'landed_with_rejections' : 'landed'
}

/** The lines of the ledger for payloads, in their order. */
export const ledgerRows = (
  records: readonly BronzeRecord[],
  outcomes: readonly Verdict[],
  spans: ReadonlyMap<number, Span>,
): LedgerRow[] =>
  records.map((each, i) => {
    const span = spans.get(i)
    const outcome = outcomes[i]!
    const rejected = span?.rejected ?? 0
    return {
      request_key: each.key,
      status: statusOf(each, outcome, rejected),
      row_count: outcome.rows,
      rejected_count: rejected,
      left_out_count: span?.has_bars ? span.left_out : null,
      first_session: span?.first ?? absentDay(each, outcome),
      last_session: span?.last ?? absentDay(each, outcome),
      asked_to: each.asked_to ?? null,
      last_order_at: span?.latest ?? null,
      error: outcome.error,
      ...knowledgeOf({
        source: each.source,
        known_at: each.fetched_at,
        known_basis: 'observed',
        bronze_key: each.body,
      }),
    }
  })
