/** The simulated market: a seeded factor model of about 400 sessions that matches the pinned figures. */
import { randomLcg, randomNormal } from 'd3-random'
import { type Session, sessionsBetween } from '../calendar/sessions.ts'
import * as pinned from './pinned.ts'

const seed = 0.2025112
export const episode = { from: '2024-04-16', to: '2025-11-21' } as const

/** Stress of April 2025: the factor by which the volatility of the market factor is multiplied. */
const stress = { from: '2025-04-03', to: '2025-04-24', factor: 3 }

export interface Bar extends pinned.PinnedBar {
  readonly session: string
  readonly volume: number
}

/** Beta, idiosyncratic daily volatility, close before the event in USD, and shares per day. */
const models: Readonly<Record<string, readonly [number, number, number, number]>> = {
  GSPC: [1, 0.0005, 6642.16, 5.2e9],
  SPY: [1, 0.0006, 662.63, 75e6],
  QQQ: [1.2, 0.003, 599.87, 52e6],
  IWM: [1.1, 0.006, 233.4, 38e6],
  HYG: [0.3, 0.001, 80.2, 45e6],
  TLT: [-0.2, 0.006, 89.1, 36e6],
  XLB: [0.9, 0.006, 84.9, 6e6],
  XLE: [0.8, 0.01, 89.6, 17e6],
  XLF: [0.9, 0.005, 51.9, 42e6],
  XLI: [0.95, 0.004, 149.2, 9e6],
  XLK: [1.3, 0.005, 279.5, 8e6],
  XLP: [0.4, 0.005, 76.4, 15e6],
  XLU: [0.5, 0.007, 89.7, 13e6],
  XLV: [0.6, 0.005, 152.1, 10e6],
  XLY: [1.2, 0.005, 229.8, 6e6],
  AAPL: [1.1, 0.01, 268.56, 48e6],
  AMZN: [1.2, 0.012, 222.69, 42e6],
  AVGO: [1.5, 0.018, 354.42, 24e6],
  GOOGL: [1.1, 0.012, 292.81, 36e6],
  JPM: [0.9, 0.008, 302.8, 9e6],
  META: [1.2, 0.013, 590.32, 14e6],
  MSFT: [1.0, 0.008, 487.12, 22e6],
  NVDA: [1.8, 0.018, 186.52, 197e6],
  TSLA: [1.9, 0.026, 403.99, 88e6],
  WMT: [0.5, 0.009, 100.61, 17e6],
}

interface Market {
  readonly sessions: readonly Session[]
  readonly bars: ReadonlyMap<string, readonly Bar[]>
  /** Volatility indices, one row per session. */
  readonly volatility: ReadonlyMap<string, readonly Omit<Bar, 'volume'>[]>
  readonly gamma: ReadonlyMap<string, number>
  readonly depth: ReadonlyMap<string, number>
  readonly etfShare: ReadonlyMap<string, number>
}

const cents = (value: number) => Math.round(value * 100) / 100

const buildBars = (
  symbol: string,
  sessions: readonly Session[],
  factor: readonly number[],
  normal: () => number,
): Bar[] => {
  const [beta, own, level, shares] = models[symbol]!
  const eve = sessions.findIndex((each) => each.session === pinned.eveBefore)
  const returns = factor.map((market) => beta * market + own * normal())
  let sum = 0
  const path = returns.map((each) => {
    sum += each
    return sum
  })
  const scale = Math.log(pinned.eveCloses[symbol] ?? level) - path[eve]!
  let previous = Math.exp(path[0]! + scale - returns[0]!)
  return sessions.map(({ session }, i) => {
    const share = 0.3 + 0.1 * normal()
    const wick = () => 1 + Math.abs(normal()) * 0.003
    const volume = Math.round(shares * Math.exp(0.25 * normal()) * (1 + 12 * Math.abs(factor[i]!)))
    const simulated = () => {
      const close = cents(Math.exp(path[i]! + scale))
      const open = cents(previous * Math.exp(returns[i]! * share + 0.001 * normal()))
      return { open, close, high: cents(Math.max(open, close) * wick()), low: cents(Math.min(open, close) / wick()) }
    }
    const prices = session === pinned.eventSession ? (eventBar(symbol, previous) ?? simulated()) : simulated()
    previous = prices.close
    return { session, volume, ...prices }
  })
}

const eventBar = (symbol: string, previous: number): pinned.PinnedBar | undefined => {
  const bar = pinned.eventBars[symbol]
  const noted = pinned.eventReturns[symbol]
  if (bar || !noted) return bar
  const open = cents(previous * (1 + noted.gap))
  const close = cents(previous * (1 + noted.close))
  return { open, close, high: cents(Math.max(open, close) * 1.002), low: cents(Math.min(open, close) * 0.998) }
}

/** Mean level, persistence, reaction to a negative return, and noise. */
const volatilityModels: Readonly<Record<string, readonly [number, number, number, number]>> = {
  VIX: [16.5, 0.9, 160, 0.6],
  VIX9D: [15.5, 0.85, 210, 0.9],
  VIX3M: [18.8, 0.95, 80, 0.4],
  VVIX: [95, 0.9, 250, 2.5],
  SKEW: [146, 0.95, 20, 2],
}

const buildVolatility = (
  symbol: string,
  sessions: readonly Session[],
  factor: readonly number[],
  normal: () => number,
) => {
  const [mean, persistence, reaction, noise] = volatilityModels[symbol]!
  const ceiling = symbol === 'VIX' ? 25.5 : Number.POSITIVE_INFINITY
  let level = mean
  return sessions.map(({ session }, i) => {
    level = Math.max(mean * 0.7, mean + persistence * (level - mean) - reaction * factor[i]! + noise * normal())
    // From May 2025 until the event, VIX closed below its level of the event.
    if (session > stress.to) level = Math.min(level, ceiling)
    const fixed = pinned.volatility[symbol]?.[session]
    const close = fixed?.close ?? cents(level)
    if (fixed) level = fixed.close
    const open = fixed?.open ?? cents(close * (1 + 0.02 * normal()))
    const high =
      fixed?.high ??
      cents(Math.min(Math.max(open, close) * (1 + Math.abs(normal()) * 0.02), session > stress.to ? ceiling * 1.1 : 90))
    return {
      session,
      open,
      close,
      high: Math.max(high, close),
      low: fixed?.low ?? cents(Math.min(open, close) * (1 - Math.abs(normal()) * 0.02)),
    }
  })
}

/**
 * Values in whole dollars around a mean. The mean of the 20 sessions before the event equals the published one exactly.
 */
const buildDepth = (sessions: readonly Session[], normal: () => number): Map<string, number> => {
  const event = sessions.findIndex((each) => each.session === pinned.eventSession)
  const drawn = new Map(
    sessions.map(({ session }) => [
      session,
      pinned.depth[session] ?? Math.round(pinned.depthMean * 1.15 * Math.exp(0.12 * normal())),
    ]),
  )
  const window = sessions.slice(event - 20, event).map((each) => each.session)
  const free = window.filter((session) => !(session in pinned.depth))
  const total = (names: readonly string[]) => names.reduce((sum, session) => sum + drawn.get(session)!, 0)
  const wanted = 20 * pinned.depthMean - total(window.filter((session) => session in pinned.depth))
  const scale = wanted / total(free)
  for (const session of free) drawn.set(session, Math.round(drawn.get(session)! * scale))
  drawn.set(free[0]!, drawn.get(free[0]!)! + wanted - total(free))
  return drawn
}

let built: Market | undefined

/** The whole simulated market. It is the same on every machine. */
export const market = (): Market => {
  built ??= build()
  return built
}

const build = (): Market => {
  const source = randomLcg(seed)
  const normal = randomNormal.source(source)(0, 1)
  const sessions = sessionsBetween(episode.from, episode.to)
  const factor = sessions.map(({ session }) => {
    const shock = normal()
    if (session === pinned.eventSession) return -0.0157
    if (session > pinned.eventSession) return 0.0098
    return 0.0004 + 0.0075 * (session >= stress.from && session <= stress.to ? stress.factor : 1) * shock
  })
  const each = <T>(names: readonly string[], of: (name: string) => T) => new Map(names.map((name) => [name, of(name)]))
  return {
    sessions,
    bars: each(Object.keys(models), (symbol) => buildBars(symbol, sessions, factor, normal)),
    volatility: each(Object.keys(volatilityModels), (symbol) => buildVolatility(symbol, sessions, factor, normal)),
    gamma: new Map(
      sessions.map(({ session }, i) => [session, pinned.gamma[session] ?? (5 + 2 * normal() + 150 * factor[i]!) * 1e9]),
    ),
    depth: buildDepth(sessions, normal),
    etfShare: new Map(
      sessions.map(({ session }) => [
        session,
        session === pinned.eventSession ? pinned.etfShare.event : pinned.etfShare.usual + 0.012 * normal(),
      ]),
    ),
  }
}
