/** Fresh rows: nothing was there before, and no two of them are about the same thing. They only have to be stamped. */
import { type Engine, withKnownSession } from '../../core/engine.ts'
import { entityOf, type Lag, reportedColumns, type Table } from '../../schemas/table.ts'
import type { Unfinished } from '../silver/contents.ts'
import { assumedAt, type Payload, writtenOut } from './payload-facts.ts'
import { freshName, isEmpty, looksName, sessionStampsName, validName } from './relations.ts'
import { isBySession } from './validate.ts'
import { freshQuery, list, stamps } from './vintages.ts'

/** The most payloads whose keys are listed in the SQL of each partition. */
const mostListed = 100

/**
 * Registers the fresh rows. `isWhole` says that they are all valid rows of the batch. With few payloads the keys of their objects, which
 * have 120 characters, are put in after the rows were sorted.
 */
export const registerFresh = async (
  engine: Engine,
  table: Table,
  lag: Lag,
  payloads: readonly Payload[],
  isWhole: boolean,
): Promise<string | Unfinished> => {
  const [only, another] = payloads
  const isStamped = only && !another && isWhole && (await stampSessions(engine, table, lag, only))
  await engine.run(
    `create or replace view ${freshName} as ${isStamped ? stampedQuery(table, only) : freshQuery(table)}`,
  )
  const order = table.grain.at(-1) === 'known_at' ? entityOf(table) : table.grain
  if (!only || payloads.length > mostListed) return { relation: freshName, helpers: [], late: {}, order }
  const late = { bronze_key: byPayload(payloads, 'bronze_key'), fetched_at: byPayload(payloads, 'fetched_at') }
  return { relation: freshName, helpers: ['_payload'], late, order }
}

const byPayload = (payloads: readonly Payload[], column: 'bronze_key' | 'fetched_at') => {
  const [first, ...others] = payloads.map((each) => ({ n: each.n, value: writtenOut(each)[column] }))
  const cases = others.map(({ n, value }) => `when ${n} then ${value}`).join(' ')
  return others.length ? `case _payload ${cases} else ${first!.value} end` : first!.value
}

/** Stamps each session once, if all rows of a session in the payload have the same stamps. False if they may differ. */
const stampSessions = async (engine: Engine, table: Table, lag: Lag, payload: Payload): Promise<boolean> => {
  const isOfSession = isBySession(table) && (lag.kind === 'after_close' || lag.kind === 'next_morning')
  if (!isOfSession || !(await isEmpty(engine, looksName))) return false
  const [published] = await engine.rows<{ n: number }>(`select count(_published_at) as n from ${validName(table)}`)
  if (published?.n) return false
  const facts = writtenOut(payload)
  const { known_at, known_basis } = stamps(table, '1')
  const assumed = `(
    select session, ${known_at} as known_at, ${known_basis} as known_basis
    from (select session, ${facts.fetched_at} as fetched_at, ${assumedAt(lag, facts)} as _assumed_at,
                 cast(null as timestamp) as _published_at, cast(null as timestamp) as _looked_at from calendar c))`
  await engine.run(`create or replace table ${sessionStampsName} as ${withKnownSession(assumed)}`)
  return true
}

const stampedQuery = (table: Table, payload: Payload): string => {
  const { fetched_at, bronze_key } = writtenOut(payload)
  return `
    select ${list(reportedColumns(table), 'v.')}, v._source as source, t.known_at, t.known_basis, t.known_session,
           ${fetched_at} as fetched_at, ${bronze_key} as bronze_key, v._payload
    from ${validName(table)} v join ${sessionStampsName} t using (session)`
}
