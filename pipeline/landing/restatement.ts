/**
 * Restatements: after a split a source sends its whole history on another basis. That is one corporate action,
 * not thousands of vintages. Runs between validation and merge; takes the restated rows out and puts the action in.
 */
import type { Table } from '../../schemas/table.ts'
import { corporateActions } from '../../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { type Engine, quoted } from '../engine.ts'
import type { Lake } from '../lake.ts'
import type { Decoder } from './decoder.ts'
import { stageColumns } from './staging.ts'

/** Prices are rounded to cents, so that ratios agree to about this. */
const tolerance = 2e-3
/** Bars that must agree on the ratio. */
const witnesses = 2
const largestDenominator = 20

/** A bar that came again with other prices: `ratio` is the old close over the new one. */
interface Pair {
  bronze_key: string
  request_key: string
  row: number
  symbol: string
  ratio: number
  before: string
  fetched_at: string
}

interface Action {
  readonly symbol: string
  readonly factor: number
  readonly knownAt: string
}

const isNear = (a: number, b: number) => Math.abs(a / b - 1) < tolerance

/** Settles the restatements of a batch. `anew`: silver of this source is being derived again and does not count. */
export const settleRestatements = async (lake: Lake, decoder: Decoder, anew: boolean): Promise<void> => {
  if (![dailyBars, corporateActions].every((table) => decoder.tables.includes(table as Table))) return
  const { engine } = lake
  await lake.refresh()
  const earlier = anew ? 'where false' : `where source = ${quoted(decoder.source)}`
  const pairs = await changedBars(engine, earlier)
  if (pairs.length === 0) return
  const known = await engine.rows<{ symbol: string; factor: number; known_at: string }>(
    `select symbol, split_factor as factor, known_at from corporate_actions ${earlier} and action = 'split' order by known_at`,
  )
  const actions: Action[] = known.map(({ symbol, factor, known_at }) => ({ symbol, factor, knownAt: known_at }))
  const restated: Pair[] = []
  const found: (Action & { readonly witness: Pair })[] = []
  for (const group of byPayload(pairs)) {
    const residual = (pair: Pair) => pair.ratio / explained(actions, pair)
    const open = group.filter((pair) => !isNear(residual(pair), 1))
    const factor = open[0] ? simpleRatio(residual(open[0])) : undefined
    if (factor && open.length >= witnesses && open.every((pair) => isNear(residual(pair), factor))) {
      const witness = open[0]!
      const action = { symbol: witness.symbol, factor, knownAt: witness.fetched_at, witness }
      actions.push(action)
      found.push(action)
    }
    restated.push(...group.filter((pair) => isNear(residual(pair), 1) && !isNear(pair.ratio, 1)))
  }
  await takeOut(engine, restated)
  for (const action of found) await putIn(engine, action)
}

/** Splits that became known between the two looks at a bar. */
const explained = (actions: readonly Action[], pair: Pair) =>
  actions
    .filter(({ symbol, knownAt }) => symbol === pair.symbol && knownAt > pair.before && knownAt <= pair.fetched_at)
    .reduce((product, { factor }) => product * factor, 1)

/** The fraction with a small denominator that a ratio stands for, unless that is one. */
const simpleRatio = (ratio: number): number | undefined => {
  for (let q = 1; q <= largestDenominator; q++) {
    const p = Math.round(ratio * q)
    if (p > 0 && p !== q && isNear(ratio, p / q)) return p / q
  }
  return undefined
}

const byPayload = (pairs: readonly Pair[]): Pair[][] => {
  const groups = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const key = `${pair.bronze_key} ${pair.request_key} ${pair.symbol}`
    groups.set(key, [...(groups.get(key) ?? []), pair])
  }
  return [...groups.values()]
}

const judged = 'judged_daily_bars'

const changedBars = (engine: Engine, earlier: string) =>
  engine.rows<Pair>(
    `with observed as (
       select symbol, session, close, fetched_at, '' as bronze_key, '' as request_key, 0 as row_number
       from daily_bars ${earlier} and symbol in (select symbol from ${judged})
       union all
       select symbol, session, close, _fetched_at, _bronze_key, _request_key, _row from ${judged} where _reason is null
     ),
     paired as (
       select *, lag(close) over w as close_before, lag(fetched_at) over w as before
       from observed window w as (partition by symbol, session order by fetched_at, bronze_key)
     )
     select bronze_key, request_key, row_number as row, symbol, close_before / close as ratio, before, fetched_at
     from paired where bronze_key <> '' and close_before is distinct from close and close_before is not null
     order by fetched_at, bronze_key, row_number`,
  )

const sameRow = ({ bronze_key, request_key, row }: Pair) =>
  `(_bronze_key = ${quoted(bronze_key)} and _request_key = ${quoted(request_key)} and _row = ${row})`

const takeOut = async (engine: Engine, pairs: readonly Pair[]) => {
  const chunk = 500
  for (let i = 0; i < pairs.length; i += chunk) {
    await engine.run(
      `delete from ${judged} where ${pairs
        .slice(i, i + chunk)
        .map(sameRow)
        .join(' or ')}`,
    )
  }
}

/** The ex-session is the first one of the payload that had not been seen before; else its last. */
const putIn = async (engine: Engine, { symbol, factor, witness }: Action & { readonly witness: Pair }) => {
  const columns = Object.keys(stageColumns(corporateActions)).join(', ')
  const payload = `_bronze_key = ${quoted(witness.bronze_key)} and _request_key = ${quoted(witness.request_key)}`
  await engine.run(
    `insert into judged_corporate_actions (${columns}, _reason)
     select ${quoted(symbol)}, coalesce(min(case when fresh then session end), max(session)), 'split', ${factor}, null,
            0, _bronze_key, _request_key, _source, _fetched_at, null, null
     from (
       select b.*, not exists (
         select 1 from daily_bars d where d.symbol = b.symbol and d.session = b.session and d.source = b._source and d.fetched_at < b._fetched_at
       ) and not exists (
         select 1 from ${judged} e where e.symbol = b.symbol and e.session = b.session and e._source = b._source and e._fetched_at < b._fetched_at
       ) as fresh
       from ${judged} b where ${payload} and symbol = ${quoted(symbol)}
     ) group by _bronze_key, _request_key, _source, _fetched_at`,
  )
}
