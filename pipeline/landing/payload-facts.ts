/** SQL of what is known of the payload of a valid row `v`: looked up by its number or, where the batch has one payload, written out. */
import { type Engine, quoted } from '../../core/engine.ts'
import type { Lag } from '../../schemas/table.ts'
import { payloadIndex } from './relations.ts'

export interface Payload {
  readonly n: number
  readonly key: string
  readonly request: string
  readonly fetched_at: string
}

export const firstPayloads = (engine: Engine, most: number) =>
  engine.rows<Payload>(
    `select _payload as n, bronze_key as key, request_key as request, fetched_at from ${payloadIndex} order by _payload limit ${most}`,
  )

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

export const payloadFacts = async (engine: Engine): Promise<PayloadFacts> => {
  const [only, another] = await firstPayloads(engine, 2)
  return only && !another ? writtenOut(only) : joined
}

/** SQL of the instant at which a row is assumed to have become public. `c` is the calendar, joined by session. */
export const assumedAt = (lag: Lag, { fetched_at }: PayloadFacts): string => {
  if (lag.kind === 'after_close') return `c.closes_at + interval '${lag.minutes} minutes'`
  if (lag.kind === 'next_morning') return 'c.next_morning'
  if (lag.kind === 'column') return `cast(v.${lag.column} as timestamp)`
  return fetched_at
}
