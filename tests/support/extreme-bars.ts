/** Bars at the limits of what can land: every symbol changes from one extreme shape to the next. */
import { sessionsBetween } from '../../calendar/sessions.ts'
import { benchmark, macroFunds, megaCaps, sectors } from '../../schemas/baskets.ts'
import type { Draw } from './draw.ts'
import { largest, mostCounted, smallest } from './extreme-figures.ts'

/** Enough sessions for an absorption ratio (500) and for its shift (252). */
export const sessions = sessionsBetween('2021-06-01', '2024-12-31').map(({ session }) => session)
export const twinOfIndex = 'INDEXTWIN'

/** `DELISTED` trades until the session before this one. */
const delistedAt = 640
export const delisted = { symbol: 'DELISTED', filedOn: sessions[delistedAt]! } as const

export interface BarFigures {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number | ''
}

const flat = (price: number, volume: number | '' = 0): BarFigures => ({
  open: price,
  high: price,
  low: price,
  close: price,
  volume,
})

type Bar = Readonly<Record<string, unknown>> & { readonly symbol: string }

const ranged = (low: number, high: number, open: number, close: number, volume: number): BarFigures => ({
  open,
  high,
  low,
  close,
  volume,
})

/** The bar of the i-th of n sessions of a segment; nothing where the session has none. */
type Shape = (i: number, n: number) => BarFigures | undefined

export const shapes = {
  flat: () => flat(50),
  withoutVolume: (i) => flat(20 + (i % 2), ''),
  tiny: (i) => ranged(1e-6, 2e-6, 1.5e-6, (1 + (i % 2)) * 1e-6, i % 3 ? mostCounted : 0),
  huge: (i) => ranged(0.9e9, 1.1e9, 1e9, (i % 2 ? 1.05 : 0.95) * 1e9, mostCounted),
  climbing: (i, n) => flat(1e-6 * 1e15 ** (i / n), mostCounted),
  falling: (i, n) => flat(1e9 * 1e-15 ** (i / n), i),
  swinging: (i) => ranged(99, 900, i % 2 ? 850 : 120, i % 2 ? 100 : 900, 1),
  /** Opens far above the close before, closes below it. */
  gapping: (i) => ranged(10, 99, 90, 20 + (i % 2) * 1e-9, 0),
  /** The close never moves, the range does. */
  pinned: (i) => ranged(99, 101 + (i % 3), 100.1, 100, i % 5 ? 0 : mostCounted),
  /** Prices that differ by the smallest step of a double. */
  breathing: (i) => ({ ...flat(i % 2 ? 100 : 100 + 1.5e-14, mostCounted), low: 100 - 1.5e-14 }),
  /** Open and close lie outside the day's range, within the tolerance for adjusted prices. */
  tolerated: () => ranged(30, 31, 31 * (1 + 9e-10), 30, 7),
  /** The smallest and the largest price that a table can hold, in turns of six sessions. */
  alternating: (i) =>
    ([smallest, largest] as const).map((price) => ranged(price, price * 2, price, price * 2, 1))[Math.floor(i / 6) % 2],
  ordinary: (i) => wave(i, 100, 1),
  absent: () => undefined,
  sparse: (i) => (i % 3 ? undefined : wave(i, 10, 2)),
} satisfies Record<string, Shape>

const wave = (i: number, level: number, phase: number): BarFigures => {
  const close = level * Math.exp(0.02 * Math.sin(i * (1 + phase / 7)) + 0.005 * Math.sin(3.7 * i + phase))
  return { open: close * 1.003, high: close * 1.01, low: close * 0.99, close, volume: 1000 + (i % 17) }
}

type ShapeName = keyof typeof shapes
interface Segment {
  readonly shape: ShapeName
  readonly length: number
}

const names = Object.keys(shapes) as ShapeName[]
const withoutGaps = names.filter((name) => name !== 'absent' && name !== 'sparse')
/** Shapes whose opens and ranges are usable. */
const usable: readonly ShapeName[] = [
  'alternating',
  'tolerated',
  'tiny',
  'huge',
  'swinging',
  'gapping',
  'pinned',
  'ordinary',
]

/** What the whole market does: each symbol its own, all the same, none anything, or a single one something. */
const regimes = ['own', 'identical', 'still', 'one moves'] as const
type Regime = (typeof regimes)[number]

const symbols = [...new Set([benchmark.index, ...macroFunds, ...megaCaps.symbols, 'TURNED'])]

/** Symbols that are the same throughout, for baskets of them. */
const steady: Readonly<Record<string, (i: number) => BarFigures | undefined>> = {
  STILL1: () => flat(50),
  STILL2: () => flat(1e-6),
  STILL3: () => flat(1e9),
  STILL4: () => flat(0.1),
  STILL5: () => flat(0.3),
  STILL6: () => flat(largest),
  TWIN1: (i) => wave(i, 100, 1),
  TWIN2: (i) => wave(i, 1e-6, 1),
  TWIN3: (i) => wave(i, 1e9, 1),
  TWIN4: (i) => wave(i, 50, 1),
  TWIN5: (i) => wave(i, 20, 1),
  NOISE1: (i) => flat(i % 2 ? 100 : 100 + 1.5e-14, mostCounted),
  NOISE2: (i) => flat(i % 3 ? 100 : 100 + 1.5e-14, mostCounted),
  ONCE: (i) => (i === 700 ? flat(10) : undefined),
  LISTED: (i) => (i > 600 ? wave(i, 40, 2) : undefined),
  [delisted.symbol]: (i) => (i < delistedAt ? wave(i, 40, 4) : undefined),
}

export const extremeBars = (draw: Draw): readonly Bar[] => {
  const order = draw.shuffled<Regime>([...regimes, 'own', 'own', 'own'])
  const own = symbols.flatMap((symbol, nth) => {
    // Of three series one has usable bars on every session, one has bars on every session, and one has gaps.
    const from = [usable, withoutGaps, names][nth % 3]!
    const segments = draw.shuffled(from).map((shape) => ({ shape, length: draw.whole(1, 130) }))
    return sessions.flatMap((session, i) => {
      const regime = order[Math.floor((i * order.length) / sessions.length)]!
      const figures = inRegime(regime, symbol, i, nth % 3 === 0) ?? at(segments, i)
      return figures ? [{ symbol, session, ...figures }] : []
    })
  })
  const same = Object.entries(steady).flatMap(([symbol, figuresOn]) =>
    sessions.flatMap((session, i) => {
      const figures = figuresOn(i)
      return figures ? [{ symbol, session, ...figures }] : []
    }),
  )
  // A share that moves exactly as the index does.
  const twin = own.filter(({ symbol }) => symbol === benchmark.index).map((bar) => ({ ...bar, symbol: twinOfIndex }))
  return [...own, ...same, ...twin]
}

const inRegime = (regime: Regime, symbol: string, i: number, isUsable: boolean): BarFigures | undefined => {
  if (regime === 'own') return undefined
  if (regime === 'identical') return wave(i, 100, 0)
  if (regime === 'one moves' && [sectors.symbols[0], megaCaps.symbols[0]].includes(symbol)) return wave(i, 100, 3)
  return isUsable ? shapes.pinned(i) : flat(100)
}

/** The segments follow each other, again and again. */
const at = (segments: readonly Segment[], i: number): BarFigures | undefined => {
  const total = segments.reduce((sum, { length }) => sum + length, 0)
  let place = i % total
  for (const { shape, length } of segments) {
    if (place < length) return shapes[shape](place, length)
    place -= length
  }
  return undefined
}
