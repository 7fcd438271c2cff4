/** Prices inside the sessions of the event week: a seeded path through the open, high, low and close of each simulated daily bar. */
import { randomLcg, randomNormal } from 'd3-random'
import { sessionOf } from '../calendar/sessions.ts'
import { type Bar, market } from './market.ts'
import { eventSession } from './pinned.ts'

/** First session with prices inside it. */
export const intradayFrom = '2025-11-17'

export interface MinuteBar {
  /** Seconds since 1970. */
  readonly start: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

type Point = readonly [minute: number, price: number]

/** The minutes of SPY on the real day: its high, and where it fell below the previous close. */
const eventMinutes = { high: 67, gapLost: 146 } as const
const cents = (value: number) => Math.round(value * 100) / 100

const seedOf = (text: string): number => {
  let hash = 7
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003
  return hash / 1_000_003
}

/** The points through which the path of a session goes, in order. */
const pointsOf = (bar: Bar, previousClose: number, minutes: number, uniform: () => number): Point[] => {
  const ends: Point[] = [
    [0, bar.open],
    [minutes, bar.close],
  ]
  const isReversal = bar.session === eventSession && bar.open > previousClose && bar.close < previousClose
  if (isReversal) {
    const lost: Point = [eventMinutes.gapLost, cents(previousClose * 0.9995)]
    return [ends[0]!, [eventMinutes.high, bar.high], lost, [minutes - 1, bar.low], ends[1]!]
  }
  const [early, late] = [0.05 + 0.4 * uniform(), 0.55 + 0.4 * uniform()].map((share) => Math.round(share * minutes))
  const isHighFirst = bar.close < bar.open
  const extremes: Point[] = isHighFirst
    ? [
        [early!, bar.high],
        [late!, bar.low],
      ]
    : [
        [early!, bar.low],
        [late!, bar.high],
      ]
  return [ends[0]!, ...extremes, ends[1]!]
}

/** Prices at each minute: straight lines between the points, with noise that never leaves the range of the day. */
const pathOf = (points: readonly Point[], { high, low }: Bar, normal: () => number): number[] => {
  const prices: number[] = [points[0]![1]]
  for (const [i, [end, target]] of points.slice(1).entries()) {
    const [start, from] = points[i]!
    const steps = end - start
    let sum = 0
    const walk = Array.from({ length: steps }, () => {
      sum += normal()
      return sum
    })
    for (let step = 1; step < steps; step++) {
      const bridge = (walk[step - 1]! - (step / steps) * sum) * (high - low) * 0.015
      const price = cents(from + ((target - from) * step) / steps + bridge)
      prices.push(Math.min(Math.max(price, Math.min(cents(low + 0.01), high)), Math.max(cents(high - 0.01), low)))
    }
    prices.push(target)
  }
  return prices
}

/** More is traded at the open and at the close. */
const volumesOf = (total: number, count: number): number[] => {
  const weights = Array.from({ length: count }, (_, i) => 1 + 2 * ((2 * i) / count - 1) ** 2)
  const sum = weights.reduce((all, each) => all + each, 0)
  const volumes = weights.map((weight) => Math.floor((total * weight) / sum))
  volumes[count - 1]! += total - volumes.reduce((all, each) => all + each, 0)
  return volumes
}

/** The bars of a symbol on a session. Their open, high, low, close and volume together are those of its daily bar. */
export const minuteBars = (symbol: string, session: string, interval: number): MinuteBar[] => {
  const bars = market().bars.get(symbol) ?? []
  const at = bars.findIndex((bar) => bar.session === session)
  const [bar, before] = [bars[at], bars[at - 1]]
  if (!bar || !before) return []
  const { opensAt, closesAt } = sessionOf(session)!
  const minutes = (closesAt - opensAt) / 60_000
  const source = randomLcg(seedOf(`${symbol} ${session}`))
  const prices = pathOf(pointsOf(bar, before.close, minutes, source), bar, randomNormal.source(source)(0, 1))
  const count = minutes / interval
  const volumes = volumesOf(bar.volume, count)
  return Array.from({ length: count }, (_, i) => {
    const inside = prices.slice(i * interval, (i + 1) * interval + 1)
    return {
      start: opensAt / 1000 + i * interval * 60,
      open: inside[0]!,
      high: Math.max(...inside),
      low: Math.min(...inside),
      close: inside.at(-1)!,
      volume: volumes[i]!,
    }
  })
}
