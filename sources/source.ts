/** A source: one provider's dataset. Requests and rows are pure; the pipeline fetches, stamps and writes. */
import type { SecretPlace } from '../core/platform.ts'
import type { Universe } from '../core/universe.ts'
import type { Release } from '../schemas/releases.ts'
import type { Lag, Reported, Table } from '../schemas/table.ts'

/** Sessions to fetch, both ends included. */
export interface Window {
  readonly from: string
  readonly to: string
}

export interface Request {
  /** What is asked for: a symbol, an index, a series, a filer. */
  readonly key: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: SecretPlace
}

export interface Payload {
  readonly source: string
  readonly key: string
  readonly body: Uint8Array
  readonly fetchedAt: Date
  readonly bronzeKey: string
  readonly url?: string
}

/** One decoded row, meant for a table. NULL in a required column is allowed here and rejected on landing. */
export interface Decoded {
  readonly table: Table
  /** Row of the payload, counted from 1 without the header. */
  readonly row: number
  readonly values: Readonly<Record<string, unknown>>
  /** Instant of publication that the provider itself proves, ISO UTC. */
  readonly publishedAt: string | null
}

type Values<T extends Table> = { [K in keyof Reported<T>]: Reported<T>[K] | null }

export const decoded = <T extends Table>(
  table: T,
  row: number,
  values: Values<T>,
  publishedAt: string | null = null,
): Decoded => ({ table, row, values, publishedAt })

export interface Context {
  readonly universe: Universe
}

export interface Source {
  readonly name: string
  readonly doc: string
  readonly homepage: string
  readonly licence: string
  readonly tables: readonly Table[]
  /** Hosts that requests and their redirects may reach. */
  readonly hosts: readonly string[]
  /** Publication lag of this source where it differs from the table's. */
  readonly lag?: Lag
  readonly rate: { readonly requests: number; readonly seconds: number }
  readonly headers: Readonly<Record<string, string>>
  /** Key that the source needs or can use. */
  readonly secret?: { readonly name: string; readonly required: boolean }
  readonly extension: 'csv' | 'json' | 'xlsx' | 'ics' | 'html'
  readonly maxBytes: number
  /** Sessions before the wanted one that an evening asks for again, to heal gaps and see revisions. */
  readonly lookBack: number
  /** Whether the history is sent anew, on another basis, after a split. */
  readonly restates: boolean
  /** `session`: rows are per session, so a missing one is a gap. `event`: rows come when they come. */
  readonly rhythm: 'session' | 'event'
  /** Whether it carries the figure of a statistic. */
  readonly brings?: (release: Release) => boolean
  readonly request: (window: Window, context: Context & { readonly hasSecret: boolean }) => Request[]
  /** Further requests that a payload makes necessary. */
  readonly follow?: (payload: Payload, window: Window, context: Context) => Request[]
  readonly rows: (payload: Payload, context: Context) => Decoded[] | Promise<Decoded[]>
}

const defaults = {
  headers: {},
  maxBytes: 32 * 1024 * 1024,
  lookBack: 10,
  restates: false,
  rhythm: 'session',
} as const

export const defineSource = (
  source: Omit<Source, keyof typeof defaults> & Partial<Pick<Source, keyof typeof defaults>>,
): Source => ({ ...defaults, ...source })

/** Sites that refuse bare clients are sent what a browser sends. */
export const browserHeaders = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  'accept-language': 'en-US,en;q=0.9',
}
