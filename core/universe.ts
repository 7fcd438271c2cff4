/**
 * The universe: symbols, funds, filers and series that the lake follows. It is one JSON file. A key that the file leaves out
 * has the value of a preset.
 */
import * as z from 'zod'
import { creditSeriesNames } from '../schemas/credit-series.ts'
import { releases } from '../schemas/releases.ts'
import { parseConfiguration } from './configuration.ts'
import { UsageError } from './errors.ts'
import { suggestion } from './nearest.ts'
import { presets } from './presets.ts'

const symbols = z.array(z.string().min(1))

const shape = z.strictObject({
  etfs: symbols,
  stocks: symbols,
  indices: symbols,
  /** Symbols of which the evening keeps bars of one minute. Of the ETFs it keeps bars of five. */
  minuteBars: symbols.max(10),
  /** Symbols whose bars come from Tiingo. They require TIINGO_API_KEY. */
  tiingo: symbols,
  volatilityIndices: symbols,
  /** Funds whose shares and NAV State Street publishes. */
  funds: symbols,
  /** Funds whose holdings State Street publishes. */
  holdings: symbols,
  /** Underlyings whose option chain is fetched each evening. */
  optionChains: symbols,
  /** True if put/call ratios are fetched, with one request per session. */
  putCallRatios: z.boolean(),
  /** True if the volume of every symbol and the symbol directory are fetched, for the measured ETF share of volume. */
  symbolVolumes: z.boolean(),
  filers: z.array(z.strictObject({ symbol: z.string(), cik: z.string().regex(/^\d{10}$/, 'expected ten digits') })),
  /** Macro releases, by catalyst kind. */
  releases: symbols,
  /** Last session of each symbol that was delisted. Sources are not asked for later sessions, and none is missing. */
  lastSessions: z.record(z.string(), z.iso.date()),
  /** Credit spreads, slopes and conditions on FRED, by series. */
  creditSeries: symbols,
  /** A name and an e-mail address, sent to the SEC, which refuses requests without them. */
  contact: z.string(),
})

export type Universe = z.output<typeof shape>

const file = shape.partial().extend({
  /** Where the keys that are left out come from. */
  preset: z.string().optional(),
})

export const presetNames: readonly string[] = Object.keys(presets)

/** The universe of a preset. */
export const presetUniverse = (name: string): Universe => {
  const found = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!found) throw new UsageError(`no preset ${name}; ${suggestion(name, presetNames)}`)
  return shape.parse(found)
}

export const parseUniverse = (text: string, place: string): Universe => {
  const { preset = 'default', ...given } = parseConfiguration(file, text, place)
  if (!presetNames.includes(preset))
    throw new UsageError(`${place}: preset: no preset ${preset}; ${suggestion(preset, presetNames)}`)
  const universe = { ...presetUniverse(preset), ...given } as Universe
  const [fault] = faultsOf(universe)
  if (fault) throw new UsageError(`${place}: ${fault}`)
  return universe
}

const symbolLists = ['etfs', 'stocks', 'indices', 'minuteBars', 'tiingo', 'funds', 'holdings', 'optionChains'] as const

/** Indices whose bars Yahoo publishes, without the caret of its own names. */
const knownIndices = 'GSPC DJI IXIC NDX RUT RUI RUA OEX MID SP600 NYA XAX W5000 SOX BKX DJT DJU'.split(' ')
/** Usual names of an index, and its name at the source. */
const otherNames: Readonly<Record<string, string>> = {
  SPX: 'GSPC',
  SPX500: 'GSPC',
  SP500: 'GSPC',
  US500: 'GSPC',
  INX: 'GSPC',
  DJIA: 'DJI',
  COMP: 'IXIC',
  NASDAQ: 'IXIC',
  NDX100: 'NDX',
}
/** Indices of which Cboe publishes a history of days. */
const knownVolatility =
  'VIX VIX1D VIX9D VIX3M VIX6M VIX1Y VVIX SKEW VXN RVX VXD VXEEM OVX GVZ VXAPL VXAZN VXGS VXGOG VXIBM TYVIX'.split(' ')
/** Indices whose option chain Cboe publishes. */
const knownChains = 'SPX XSP NDX RUT VIX DJX OEX XEO MRUT'.split(' ')

const closedLists: readonly (readonly [
  key: 'indices' | 'volatilityIndices' | 'optionChains' | 'releases' | 'creditSeries',
  names: readonly string[],
])[] = [
  ['indices', knownIndices],
  ['volatilityIndices', knownVolatility],
  ['optionChains', knownChains],
  ['releases', Object.keys(releases)],
  ['creditSeries', creditSeriesNames],
]

const kindOf: Readonly<Record<string, string>> = { releases: 'release', creditSeries: 'series' }

/** What is wrong with a universe whose shape is right, each with its key. */
const faultsOf = (universe: Universe): string[] => [
  ...closedLists.flatMap(([key, names]) =>
    universe[key]
      .filter((name) => !names.includes(name))
      .map((name) => {
        const meant = key === 'indices' ? otherNames[name.trim().toUpperCase()] : undefined
        const hint = meant ? `did you mean ${meant}?` : suggestion(name, names)
        return `${key}: no ${kindOf[key] ?? 'index'} ${JSON.stringify(name)}; ${hint}`
      }),
  ),
  ...(['etfs', 'stocks', 'minuteBars', 'tiingo', 'funds', 'holdings'] as const).flatMap((key) =>
    universe[key].flatMap((symbol) => misspelled(key, symbol)),
  ),
  ...universe.filers.flatMap(({ symbol }) => misspelled('filers', symbol)),
  ...[...symbolLists, 'volatilityIndices' as const, 'releases' as const, 'creditSeries' as const].flatMap((key) =>
    repeated(universe[key]).map((name) => `${key}: ${name} is there twice`),
  ),
  ...repeated([...universe.etfs, ...universe.stocks]).map((symbol) => `${symbol} is in etfs and in stocks`),
  ...repeated(universe.filers.map(({ cik }) => cik)).map((cik) => `filers: ${cik} is there twice`),
  ...(universe.contact && !/\S+@\S+\.\S+/.test(universe.contact)
    ? [`contact: ${JSON.stringify(universe.contact)} holds no e-mail address; write a name and an address, or ""`]
    : []),
]

const misspelled = (key: string, symbol: string): string[] => {
  if (/^[A-Z][A-Z0-9]*([./-][A-Z0-9]+)?$/.test(symbol)) return []
  const meant = symbol.trim().toUpperCase()
  const index = otherNames[meant] ?? (knownIndices.includes(meant) ? meant : undefined)
  if (index) return [`${key}: ${JSON.stringify(symbol)} is an index; write ${index} under indices`]
  return [
    `${key}: ${JSON.stringify(symbol)} is not a symbol${/^[A-Z][A-Z0-9./-]*$/.test(meant) ? `; did you mean ${meant}?` : ': write it in capitals, such as NVDA'}`,
  ]
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, i) => names.indexOf(name) !== i)),
]

/** The universe without the symbols that are left out, and without those whose declared last session was before a session. */
export const tradedSince = (universe: Universe, session: string, leftOut: readonly string[] = []): Universe => {
  const isTraded = (symbol: string) =>
    !leftOut.includes(symbol) && (universe.lastSessions[symbol] ?? session) >= session
  return { ...universe, ...Object.fromEntries(symbolLists.map((list) => [list, universe[list].filter(isTraded)])) }
}

/** The symbols that sources are asked for, once each. */
export const askedSymbols = (universe: Universe): readonly string[] => [
  ...new Set(symbolLists.flatMap((list) => universe[list])),
]
