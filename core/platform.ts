/** What the pipeline needs from the machine it runs on. Only pipeline/adapters/ implements it. */
import type { ResultRow } from './engine.ts'

export interface StoredObject {
  readonly key: string
  readonly size: number
}

/** A file on this machine that holds one state of an object, and the tag of that state. */
export interface Snapshot {
  readonly path: string
  readonly etag: string
  /** How the bytes differ from those that were written, if they do. */
  readonly damage?: string
}

/** An object compared with what was recorded when it was written. Earlier versions of Precursor recorded nothing. */
export type Inspection =
  | { readonly state: 'intact' | 'unrecorded' | 'missing' }
  | { readonly state: 'damaged'; readonly damage: string }

/** Write only if nothing is there, or only if what is there is still the state that was read. */
export type Condition = 'absent' | { readonly etag: string }

export interface ObjectStore {
  /** Where the lake is, for people. */
  readonly location: string
  /** Objects under a prefix, sorted by key. */
  list(prefix: string): Promise<StoredObject[]>
  /** Of each object under a prefix a text that changes whenever the object is replaced. */
  versions(prefix: string): Promise<ReadonlyMap<string, string>>
  /** Keys under a prefix whose writing was recorded, whether or not the object is still there. */
  written(prefix: string): Promise<string[]>
  /** Reads the object and compares it with the record of its last write. */
  inspect(key: string): Promise<Inspection>
  get(key: string): Promise<Uint8Array | undefined>
  /** A local file with the object's present bytes, which no later write changes. */
  snapshot(key: string): Promise<Snapshot | undefined>
  /** One atomic, durable write. Throws ConflictError if the condition does not hold. */
  put(key: string, body: Uint8Array | { readonly file: string }, condition: Condition): Promise<void>
  /** SQL that a DuckDB on this machine can put into `read_parquet(…)` for these keys. */
  readable(keys: readonly string[]): Promise<string[]>
}

/** A secret that the adapter adds to a request at the last moment, so that no log and no bronze object sees it. */
export interface SecretPlace {
  readonly name: string
  readonly query?: string
  readonly header?: string
  readonly prefix?: string
}

export interface HttpRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: SecretPlace
  /** Hosts that the request and its redirects may reach. */
  readonly hosts: readonly string[]
  readonly maxBytes: number
  /** How often the host may be asked. */
  readonly rate: { readonly requests: number; readonly seconds: number }
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
}

export interface Progress {
  /** Says what is done now; a no-op when nobody watches. */
  step(label: string, done?: number, total?: number): void
  end(): void
}

/** An engine that answers where the lake is. The embedded one (pipeline/engine.ts) is always there. */
export interface DistributedEngine {
  rows(sql: string): Promise<readonly ResultRow[]>
}

export interface Platform {
  readonly name: 'local' | 'aws'
  readonly store: ObjectStore
  readonly log: Logger
  readonly progress: Progress
  readonly distributed?: DistributedEngine
  now(): Date
  fetch(request: HttpRequest): Promise<HttpResponse>
  secret(name: string): Promise<string | undefined>
  /** Bytes of a file that an analyst names. */
  readFile(path: string): Promise<Uint8Array>
  /** A path for a temporary file, removed when the platform is closed. */
  scratch(name: string): Promise<string>
  writeScratch(path: string, body: Uint8Array): Promise<void>
  /** Puts a finished scratch file where people look for it, in one step. */
  publishFile(scratchPath: string, name: string): Promise<string>
  /** Bytes of disk left for the lake; undefined where that has no meaning. */
  freeBytes(): Promise<number | undefined>
  close(): Promise<void>
}
