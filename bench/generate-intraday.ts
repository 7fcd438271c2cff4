/** Synthetic bars inside the session for the benchmark: a seeded CSV of all symbols, session by session. */
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomLcg, randomNormal } from 'd3-random'
import type { Session } from '../calendar/sessions.ts'

/** Writes files of `symbol,bar_start,open,high,low,close,volume` one after another: each continues the prices of the one before. */
export const intradayWriter = (symbols: readonly string[], minutes: number) => {
  const normal = randomNormal.source(randomLcg(0.3))(0, 1)
  const prices = symbols.map((_, i) => 50 + (i % 97))

  const barsOf = (symbol: string, i: number, { opensAt, closesAt }: Session): string[] => {
    const lines: string[] = []
    for (let start = opensAt; start < closesAt; start += minutes * 60_000) {
      const open = prices[i]!
      const close = Math.max(1, open * (1 + 0.001 * normal()))
      prices[i] = close
      const high = Math.max(open, close) * (1 + 0.0004 * Math.abs(normal()))
      const low = Math.min(open, close) * (1 - 0.0004 * Math.abs(normal()))
      const volume = Math.round(1e5 * Math.exp(0.3 * normal()))
      const four = [open, high, low, close].map((price) => price.toFixed(4))
      lines.push(`${symbol},${new Date(start).toISOString()},${four.join()},${volume}`)
    }
    return lines
  }

  /** Returns the number of rows. */
  return async (path: string, sessions: readonly Session[]): Promise<number> => {
    mkdirSync(dirname(path), { recursive: true })
    const out = createWriteStream(path)
    out.write('symbol,bar_start,open,high,low,close,volume\n')
    let rows = 0
    for (const session of sessions) {
      for (const [i, symbol] of symbols.entries()) {
        const lines = barsOf(symbol, i, session)
        rows += lines.length
        if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
      }
    }
    out.end()
    await once(out, 'finish')
    return rows
  }
}
