/**
 * A source: one dataset of one provider. `request` and `rows` are pure.
 * The pipeline fetches, adds the knowledge columns and writes.
 */
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
  /** The subject of the request: a symbol, an index, a series or a filer. */
  readonly key: string
  readonly url: string
  /** Other addresses of the same file, in order: the next one is asked if an address does not answer with status 200. */
  readonly alternatives?: readonly string[]
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
  /** The key is only the name of a file that was handed in: nobody said what was asked for. */
  readonly isKeyGuessed?: boolean
  /** Size beyond which the decompressed body is refused. */
  readonly maxBytes?: number
}

/** One decoded row of a table. NULL in a required column is allowed here; landing rejects such a row. */
export interface Decoded {
  readonly table: Table
  /** Number of the row in the payload, counted from 1 without the header. */
  readonly row: number
  readonly values: Readonly<Record<string, unknown>>
  /** Publication instant that the provider proves, in ISO form and UTC. NULL if it proves none. */
  readonly publishedAt: string | null
}

type Values<T extends Table> = { [K in keyof Reported<T>]: Reported<T>[K] | null }

export const decoded = <T extends Table>(
  table: T,
  row: number,
  values: Values<T>,
  publishedAt: string | null = null,
): Decoded => ({ table, row, values, publishedAt })

/** On what the decoder of a source was proven by tests, and since which day. */
export interface Proof {
  /** Bytes that the provider served; a payload written after its documentation or what public clients read; or nothing. */
  readonly on: 'recorded bytes' | 'documented shape' | 'nothing'
  readonly since: string
  /** What the proof covers, if that is not the whole source. */
  readonly scope?: string
}

export interface Context {
  readonly universe: Universe
}

export interface Source {
  readonly name: string
  readonly doc: string
  readonly homepage: string
  readonly licence: string
  readonly tables: readonly Table[]
  readonly proof: Proof
  /** The only hosts that requests and their redirects may contact. */
  readonly hosts: readonly string[]
  /** Publication lag of this source, if it differs from that of the table. */
  readonly lag?: Lag
  readonly rate: { readonly requests: number; readonly seconds: number }
  readonly headers: Readonly<Record<string, string>>
  /** API key that the source requires or can use. */
  readonly secret?: { readonly name: string; readonly required: boolean }
  readonly extension: 'csv' | 'txt' | 'json' | 'xlsx' | 'ics' | 'html'
  /** Largest answer that is fetched or taken in, in bytes, also when it is decompressed. */
  readonly maxBytes: number
  /** Statuses with which the site says that a day has no file (yet). Such an answer has no rows; any other status but 200 is an error. */
  readonly absent: readonly number[]
  /** Seconds after which decoding one payload is given up. */
  readonly decodeSeconds: number
  /** Number of earlier sessions that an evening run requests again, to fill gaps and to see revisions. */
  readonly lookBack: number
  /** True if the provider restates its whole price history after a split. */
  readonly restates: boolean
  /** `session`: every session has rows, so a session without rows is a gap. `event`: rows follow no schedule. */
  readonly rhythm: 'session' | 'event'
  /** False if the bundled sample has no answers for it. The sample then leaves it out. */
  readonly isSampled: boolean
  /** True if the source carries the figures of the release. */
  readonly brings?: (release: Release) => boolean
  /** `today` is the New York date of the request. */
  readonly request: (
    window: Window,
    context: Context & { readonly hasSecret: boolean; readonly today?: string },
  ) => Request[]
  /** Follow-up requests that a payload calls for, such as next pages and linked documents. */
  readonly follow?: (payload: Payload, window: Window, context: Context) => Request[]
  readonly rows: (payload: Payload, context: Context) => Decoded[] | Promise<Decoded[]>
}

/** Decoding needs about ten times the size of an answer in memory. */
export const largestAnswer = 32 * 1024 * 1024

/** Unless a source declares another limit. */
export const decodeSeconds = 60

const defaults = {
  headers: {},
  maxBytes: largestAnswer,
  absent: [],
  decodeSeconds,
  lookBack: 10,
  restates: false,
  rhythm: 'session',
  isSampled: true,
} as const

export const defineSource = (
  source: Omit<Source, keyof typeof defaults> & Partial<Pick<Source, keyof typeof defaults>>,
): Source => ({ ...defaults, ...source })

/** Request headers of a browser, for sites that refuse clients without them. */
export const browserHeaders = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  'accept-language': 'en-US,en;q=0.9',
}
