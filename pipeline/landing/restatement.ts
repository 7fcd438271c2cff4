/**
 * Restatements: after a split a source sends its whole history on another basis. That is one corporate action,
 * not thousands of vintages. Runs between validation and merge; takes the restated rows out and puts the action in.
 */

import { type Engine, quoted } from '../../core/engine.ts'
import { corporateActions } from '../../schemas/tables/corporate_actions.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { overFiles } from '../silver/files.ts'
import { filesOf } from '../silver/objects.ts'
import { objectKey } from '../silver/partitions.ts'
import { payloadIndex, stageTableName, validName } from './relations.ts'
import { stageColumns } from './staging.ts'

/** Ratios of prices agree to about this, and prices below some dollars to what rounding to cents leaves of them. */
const tolerance = 2e-3
const halfCent = 5e-3
/** Bars that must agree on the ratio: so many with this tolerance at most. Of prices below a dollar it takes more. */
const witnesses = [
  { count: 2, within: 1e-2 },
  { count: 5, within: 1e-1 },
] as const
/** A split is a whole number, or its inverse, or a fraction of small numbers. */
const largest = { numerator: 60, denominator: 20 }

/** One look at a bar; `id` is NULL for what silver has already. */
interface Look {
  bronze_key: string
  id: number | null
  source: string
  symbol: string
  session: string
  close: number
  fetched_at: string
}

/** A look beside the one that stands: `ratio` is the old close over the new one. */
interface Pair {
  readonly look: Look
  readonly before: string
  readonly ratio: number
  /** How far the ratio may be from that of a split. */
  readonly tolerance: number
}

interface Action {
  readonly source: string
  readonly symbol: string
  readonly factor: number
  readonly fetchedAt: string
}

const isNear = (a: number, b: number, within = tolerance) => Math.abs(a / b - 1) < within

const pairOf = (look: Look, before: Look): Pair => ({
  look,
  before: before.fetched_at,
  ratio: before.close / look.close,
  tolerance: Math.max(tolerance, halfCent / before.close + halfCent / look.close),
})

/** Settles the restatements of a batch of so many payloads. `anew`: its rows in silver are being derived again and do not count. */
export const settleRestatements = async (lake: Lake, anew: boolean, payloadCount: number): Promise<void> => {
  if (await hasSecondLook(lake, anew, payloadCount)) await settle(lake, anew)
}

/** Whether a bar of the batch has been looked at before, in silver or in another payload of the batch. Else no price basis can have changed. */
const hasSecondLook = async ({ engine, platform }: Lake, anew: boolean, payloadCount: number): Promise<boolean> => {
  const valid = validName(dailyBars)
  const exists = async (rows: string) =>
    (await engine.rows<{ n: number }>(`select count(*) as n from (${rows} limit 1)`))[0]!.n > 0
  const inSeveral = 'having min(_payload) <> max(_payload)'
  // Grouping all bars takes a second for three million of them, so it is done for several payloads only.
  const hasSeveral = payloadCount > 1 && (await exists(`select 1 from ${valid} ${inSeveral}`))
  if (hasSeveral && (await exists(`select 1 from ${valid} group by _source, symbol, session ${inSeveral}`))) return true
  if (anew) return false
  const years = await engine.rows<{ y: number }>(`select distinct year(session) as y from ${valid}`)
  const keys = new Set(years.map(({ y }) => objectKey(dailyBars, y)))
  const files = (await filesOf(platform.store, dailyBars)).filter(({ key }) => keys.has(key))
  if (files.length === 0) return false
  const earlier = await overFiles(engine, dailyBars.columns, files)
  return exists(
    `select 1 from (${earlier}) e semi join ${valid} v on v._source = e.source and v.symbol = e.symbol and v.session = e.session`,
  )
}

const settle = reading(async (lake: Lake, anew: boolean): Promise<void> => {
  const { engine } = lake
  const earlier = anew ? 'where false' : `where source in (select distinct _source from ${validName(dailyBars)})`
  const looks = await looksAtMovedBars(engine, anew ? 'where false' : await comingAgain(engine))
  if (looks.length === 0) return
  const actions = await engine.rows<Action>(
    `select source, symbol, split_factor as factor, fetched_at as "fetchedAt" from corporate_actions ${earlier} and action = 'split' order by fetched_at`,
  )
  const standing = new Map<string, Look>()
  const restated: Look[] = []
  for (const payload of byPayload(looks)) {
    const pairs = payload.flatMap((look): Pair[] => {
      const before = standing.get(barOf(look))
      return before ? [pairOf(look, before)] : []
    })
    const action = payload[0]!.id === null ? undefined : newAction(pairs, actions)
    if (action) {
      actions.push(action)
      await putIn(engine, action, payload[0]!)
    }
    const out = new Set(
      pairs
        .filter((pair) => {
          const factor = explained(actions, pair)
          return factor !== 1 && !isNear(pair.ratio, 1) && isNear(pair.ratio, factor, pair.tolerance)
        })
        .map(({ look }) => look),
    )
    restated.push(...out)
    for (const look of payload) {
      const key = barOf(look)
      // An equal look changes nothing; a restated one neither.
      if (!out.has(look) && standing.get(key)?.close !== look.close) standing.set(key, look)
    }
  }
  await takeOut(engine, restated)
})

/** The split that a payload reveals: several bars moved by one simple ratio that no known split explains. */
const newAction = (pairs: readonly Pair[], actions: readonly Action[]): Action | undefined => {
  const residual = (pair: Pair) => pair.ratio / explained(actions, pair)
  const open = pairs.filter((pair) => !isNear(residual(pair), 1, pair.tolerance))
  const first = open[0]
  if (!first) return undefined
  // In the ratio of sums what was rounded evens out.
  const sum = (of: (pair: Pair) => number) => open.reduce((total, pair) => total + of(pair), 0)
  const factor = simpleRatio(sum((pair) => residual(pair) * pair.look.close) / sum(({ look }) => look.close))
  const isWitnessed = witnesses.some(
    ({ count, within }) => open.filter((pair) => pair.tolerance <= within).length >= count,
  )
  if (!factor || !isWitnessed) return undefined
  if (!open.every((pair) => isNear(residual(pair), factor, pair.tolerance))) return undefined
  const { source, symbol, fetched_at } = first.look
  return { source, symbol, factor, fetchedAt: fetched_at }
}

/** Splits that became known between the two looks at a bar. */
const explained = (actions: readonly Action[], { look, before }: Pair) =>
  actions
    .filter(({ source, symbol }) => source === look.source && symbol === look.symbol)
    .filter(({ fetchedAt }) => fetchedAt > before && fetchedAt <= look.fetched_at)
    .reduce((product, { factor }) => product * factor, 1)

/** The fraction with a small denominator that a ratio stands for, unless that is one. */
const simpleRatio = (ratio: number): number | undefined => {
  const isReverse = ratio < 1
  const times = isReverse ? 1 / ratio : ratio
  for (let q = 1; q <= largest.denominator; q++) {
    const p = Math.round(times * q)
    if (p !== q && (q === 1 || p <= largest.numerator) && isNear(times, p / q)) return isReverse ? q / p : p / q
  }
  return undefined
}

const barOf = ({ source, symbol, session }: Look) => `${source} ${symbol} ${session}`

const byPayload = (looks: readonly Look[]): Look[][] => {
  const groups = new Map<string, Look[]>()
  for (const look of looks) {
    const key = `${look.fetched_at} ${look.bronze_key} ${look.source} ${look.symbol} ${look.id === null}`
    const group = groups.get(key)
    if (group) group.push(look)
    else groups.set(key, [look])
  }
  return [...groups.values()]
}

/** A condition for the bars in silver that the batch has too. A look is compared with earlier ones at the same bar only. */
const comingAgain = async (engine: Engine): Promise<string> => {
  const valid = validName(dailyBars)
  const [span] = await engine.rows<{ first: string; last: string }>(
    `select min(session) as first, max(session) as last from ${valid}`,
  )
  // With the range of sessions, the engine reads no objects of other years.
  return `where session between date '${span!.first}' and date '${span!.last}'
          and (source, symbol, session) in (select (_source, symbol, session) from ${valid})`
}

/** The looks at the bars of the batch, oldest first, of the symbols of which a bar came with another close than before. */
const looksAtMovedBars = (engine: Engine, earlier: string) =>
  engine.rows<Look>(
    `with looks as (
       select source, symbol, session, close, fetched_at, bronze_key, cast(null as bigint) as id
       from daily_bars ${earlier}
       union all
       select _source, symbol, session, close, fetched_at, bronze_key, _id from ${validName(dailyBars)} join ${payloadIndex} using (_payload)
     ),
     moved as (
       select distinct source, symbol from (
         select source, symbol, close, lag(close) over (partition by source, symbol, session order by fetched_at, bronze_key) as before from looks
       ) where before <> close
     )
     select looks.* from looks semi join moved using (source, symbol) order by fetched_at, id is not null, bronze_key, session`,
  )

const takeOut = async (engine: Engine, looks: readonly Look[]) => {
  if (looks.length)
    await engine.run(
      `delete from ${stageTableName(dailyBars)} where rowid in (${looks.map(({ id }) => id).join(', ')})`,
    )
}

/** The ex-session is the first one of the payload that had not been seen before; else its last. */
const putIn = async (engine: Engine, { source, symbol, factor }: Action, witness: Look) => {
  const bars = `(select b.*, p.fetched_at, p.bronze_key from ${validName(dailyBars)} b join ${payloadIndex} p using (_payload))`
  const seen = (relation: string, fetched: string, source: string) =>
    `exists (select 1 from ${relation} e where e.symbol = b.symbol and e.session = b.session and e.${source} = b._source and e.${fetched} < b.fetched_at)`
  const columns = Object.keys(stageColumns(corporateActions)).join(', ')
  await engine.run(
    `insert into ${stageTableName(corporateActions)} (${columns})
     select ${quoted(symbol)}, coalesce(min(case when is_new then session end), max(session)), 'split', ${factor}, null,
            _payload, 0, _source, null, null
     from (
       select b.*, not ${seen('daily_bars', 'fetched_at', 'source')} and not ${seen(bars, 'fetched_at', '_source')} as is_new
       from ${bars} b where b.bronze_key = ${quoted(witness.bronze_key)} and symbol = ${quoted(symbol)} and b._source = ${quoted(source)}
     ) group by _payload, _source`,
  )
}
