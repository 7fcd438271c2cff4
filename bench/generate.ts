/** Synthetic bars for the benchmark: a seeded CSV of all symbols and sessions. */

import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomLcg, randomNormal } from 'd3-random'
import { type Session, sessionsBetween } from '../calendar/sessions.ts'
import { benchmark, megaCaps, sectors } from '../schemas/baskets.ts'

/** The symbols include the S&P 500, SPY, the sectors and the mega caps, so that every market view has its inputs. */
const named = [...Object.values(benchmark), ...sectors.symbols, ...megaCaps.symbols]

export const symbolsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => named[i] ?? `S${String(i).padStart(4, '0')}`)

/** Writes `symbol,session,open,high,low,close,volume`, symbol by symbol. Returns the number of rows. */
export const writeBars = (path: string, symbols: readonly string[], from: string, to: string): Promise<number> =>
  barsWriter(symbols)(path, from, to)

/** Writes files of bars one after another: each continues the prices of the one before. */
export const barsWriter = (symbols: readonly string[]) => {
  const normal = randomNormal.source(randomLcg(0.5))(0, 1)
  const prices = symbols.map((_, i) => 50 + (i % 97))
  return (path: string, from: string, to: string) => writeRange(path, symbols, prices, normal, from, to)
}

const writeRange = async (
  path: string,
  symbols: readonly string[],
  prices: number[],
  normal: () => number,
  from: string,
  to: string,
): Promise<number> => {
  mkdirSync(dirname(path), { recursive: true })
  const out = createWriteStream(path)
  const sessions: readonly Session[] = sessionsBetween(from, to)
  out.write('symbol,session,open,high,low,close,volume\n')
  for (const [i, symbol] of symbols.entries()) {
    let price = prices[i]!
    const lines = sessions.map(({ session }) => {
      const open = price * (1 + 0.003 * normal())
      price = Math.max(1, open * (1 + 0.012 * normal()))
      const high = Math.max(open, price) * (1 + 0.004 * Math.abs(normal()))
      const low = Math.min(open, price) * (1 - 0.004 * Math.abs(normal()))
      const volume = Math.round(1e6 * Math.exp(0.3 * normal()))
      return `${symbol},${session},${open.toFixed(4)},${high.toFixed(4)},${low.toFixed(4)},${price.toFixed(4)},${volume}`
    })
    prices[i] = price
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  return symbols.length * sessions.length
}

/** Writes a mean-reverting volatility index in Cboe's format. It is seeded, so the same sessions have the same values. */
export const writeIndex = (path: string, from: string, to: string): void => {
  const normal = randomNormal.source(randomLcg(0.7))(0, 1)
  let level = 20
  const lines = sessionsBetween(from, to).map(({ session }) => {
    level = Math.max(9, level + 0.05 * (20 - level) + 1.2 * normal())
    const close = level.toFixed(2)
    const [year, month, day] = session.split('-')
    return `${month}/${day}/${year},${close},${(level * 1.03).toFixed(2)},${(level * 0.97).toFixed(2)},${close}`
  })
  writeFileSync(path, `DATE,OPEN,HIGH,LOW,CLOSE\n${lines.join('\n')}\n`)
}
