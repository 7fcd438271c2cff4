/** SQL of what is known of the payload of a valid row `v`: looked up by its number or, where the batch has one payload, written out. */
import { quoted } from '../../core/engine.ts'
import type { Lag } from '../../schemas/table.ts'
import type { BronzeRecord } from '../ingest/bronze.ts'
import { payloadIndex } from './relations.ts'

export interface Payload {
  readonly n: number
  readonly key: string
  readonly request: string
  readonly fetched_at: string
}

/** The payloads of a batch as they stand in `payload_index`. */
export const payloadsOf = (batch: readonly BronzeRecord[]): Payload[] =>
  batch.map(({ body, key, fetched_at }, n) => ({ n, key: body, request: key, fetched_at }))

const joined = {
  join: `join ${payloadIndex} p using (_payload)`,
  fetched_at: 'p.fetched_at',
  bronze_key: 'p.bronze_key',
  request_key: 'p.request_key',
}

export type PayloadFacts = typeof joined

/** The facts of the only payload. They are the same for all rows, so that no row looks them up. */
export const writtenOut = ({ key, request, fetched_at }: Payload): PayloadFacts => ({
  join: '',
  fetched_at: `timestamp ${quoted(fetched_at.replace('Z', ''))}`,
  bronze_key: quoted(key),
  request_key: quoted(request),
})

/** A NUL would end the statement, so that a request with one is not written out. */
export const payloadFacts = ([only, another]: readonly Payload[]): PayloadFacts =>
  only && !another && !only.request.includes('\0') ? writtenOut(only) : joined

/** SQL of the instant at which a row is assumed to have become public. `c` is the calendar, joined by session. */
export const assumedAt = (lag: Lag, { fetched_at }: PayloadFacts): string => {
  if (lag.kind === 'after_close') return `c.closes_at + interval '${lag.minutes} minutes'`
  if (lag.kind === 'next_morning') return 'c.next_morning'
  if (lag.kind === 'column') return `cast(v.${lag.column} as timestamp)`
  return fetched_at
}
