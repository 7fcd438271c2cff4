/** What the pipeline needs from its platform. Only adapters/ implements it. */
import type { Answer, Bounds, ResultRow } from './engine.ts'

export interface StoredObject {
  readonly key: string
  readonly size: number
}

/** A local file with one version of an object, and the ETag of that version. */
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

/** Condition of a write: no object exists at the key, or the object still has the ETag that was read. */
export type Condition = 'absent' | { readonly etag: string }

export interface ObjectStore {
  /** Location of the lake, for messages. */
  readonly location: string
  /** Objects under a prefix, sorted by key. */
  list(prefix: string): Promise<StoredObject[]>
  /** Keys of the objects under a prefix, sorted. In a folder this is much faster than `list`. */
  keys(prefix: string): Promise<string[]>
  /** A version text per object under a prefix. The text changes whenever the object is replaced. */
  versions(prefix: string): Promise<ReadonlyMap<string, string>>
  /** Keys under a prefix whose writing was recorded, whether or not the object is still there. */
  written(prefix: string): Promise<string[]>
  /** Those of them whose object is not there. */
  missing(prefix: string): Promise<string[]>
  /** Reads the object and compares it with the record of its last write. */
  inspect(key: string): Promise<Inspection>
  get(key: string): Promise<Uint8Array | undefined>
  /** A local file with the object's current bytes. Later writes do not change the file. */
  snapshot(key: string): Promise<Snapshot | undefined>
  /** One atomic, durable write. Throws ConflictError if the condition does not hold. */
  put(key: string, body: Uint8Array | { readonly file: string }, condition: Condition): Promise<void>
  /** Arguments of `read_parquet(…)` for these keys, as SQL that the embedded DuckDB can read. */
  readable(keys: readonly string[]): Promise<string[]>
  /** Folder of this machine that holds the files of `readable` for objects under silver/. */
  readonly readableFolder: string
}

/**
 * Where the adapter puts a secret into a request. It does so just before sending, so that no log and no bronze object
 * holds it.
 */
export interface SecretPlace {
  readonly name: string
  readonly query?: string
  readonly header?: string
  readonly prefix?: string
  /** The secret is a pair `id:secret`: `header` gets the first part, and this header the second. */
  readonly secondHeader?: string
}

export interface HttpRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: SecretPlace
  /** Hosts that the request and its redirects may reach. */
  readonly hosts: readonly string[]
  readonly maxBytes: number
  /** Limit on requests to the host. */
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
  /** Reports the current step. It does nothing if there is no terminal. */
  step(label: string, done?: number, total?: number): void
  end(): void
}

/** An engine that runs queries near the data (Athena). The embedded engine (core/engine.ts) is always available. */
export interface DistributedEngine {
  rows(sql: string): Promise<readonly ResultRow[]>
  /** The answer to one statement, which is cancelled after so many seconds. */
  answer(sql: string, bounds: Bounds & { readonly seconds: number }): Promise<Answer>
}

/** The rows of a query that a distributed engine has computed, as Parquet files of this machine in no particular order. */
export interface Unloaded {
  readonly files: readonly string[]
  readonly bytesScanned: number
  /** Removes the files. */
  discard(): Promise<void>
}

export type Unload = (query: string) => Promise<Unloaded>

export interface Platform {
  readonly name: 'local' | 'aws'
  readonly store: ObjectStore
  readonly log: Logger
  readonly progress: Progress
  readonly distributed?: DistributedEngine
  now(): Date
  fetch(request: HttpRequest): Promise<HttpResponse>
  secret(name: string): Promise<string | undefined>
  /** Bytes of a file that the user names. A file with more than `limit` bytes is refused before it is read. */
  readFile(path: string, limit?: number): Promise<Uint8Array>
  /** A path for a temporary file, removed when the platform is closed. */
  scratch(name: string): Promise<string>
  writeScratch(path: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  /** Moves a finished scratch file to the folder for the user, in one step. Returns the new path. */
  publishFile(scratchPath: string, name: string): Promise<string>
  /** Free disk space for the lake, in bytes; undefined if the store has no such limit. */
  freeBytes(): Promise<number | undefined>
  close(): Promise<void>
}
