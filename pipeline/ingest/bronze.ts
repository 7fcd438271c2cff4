/**
 * Bronze: the exact bytes of every answer, with request, status, headers and hash beside them. Append-only. A request
 * without an answer has a record too, so that silver knows of it whenever it is derived.
 */
import { constants as buffers } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, createGunzip, gunzip, gunzipSync, gzip } from 'node:zlib'
import { ConflictError, ContractError } from '../../core/errors.ts'
import type { ObjectStore } from '../../core/platform.ts'
import type { Payload } from '../../sources/source.ts'

/** The record that is stored beside the bytes. */
export interface BronzeRecord {
  readonly source: string
  readonly key: string
  readonly fetched_at: string
  readonly sha256: string
  readonly body: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** URL of the request, without secrets; for an imported file `file` has its name instead. */
  readonly url?: string
  readonly file?: string
  /** Last session that the request covered. */
  readonly asked_to?: string
  /** For an import: the table, and the columns that are set to one value for all rows. */
  readonly table?: string
  /** Why the request was not answered. Then the status is `unanswered` and there are no bytes. */
  readonly error?: string
  /** Whether somebody said what a file that was handed in is the answer to; else the key is its name. */
  readonly is_key_given?: boolean
  readonly set?: Readonly<Record<string, string>>
  /** For an import: time zone of local times without an offset. */
  readonly zone?: string
}

export interface Arrival extends Omit<BronzeRecord, 'sha256' | 'body'> {
  readonly extension: string
}

/** Status of a request that was not answered. HTTP has no such status. */
const unanswered = 0
export const isUnanswered = ({ status }: Pick<BronzeRecord, 'status'>) => status === unanswered

/** Source name under which the files of analysts are kept in bronze. */
export const importSource = 'import'

export const bronzePrefix = (source?: string) => (source ? `bronze/${source}/` : 'bronze/')

/** Key of the record of a body. */
export const recordKey = (body: string, requestKey: string) => `${body}.${safe(requestKey)}.json`

const safe = (text: string) => text.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 80)

/** Writes the body, then its record. A payload counts from the moment when its record exists. Writing it again changes nothing. */
export const keep = async (store: ObjectStore, arrival: Arrival, bytes: Uint8Array): Promise<BronzeRecord> => {
  const { extension, ...rest } = arrival
  const zipped = promisify(gzip)(bytes, { level: 1 })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const stamp = arrival.fetched_at.replaceAll('-', '').replaceAll(':', '')
  const body = `${bronzePrefix(arrival.source)}${arrival.fetched_at.slice(0, 10)}/${stamp}-${sha256}.${extension}.gz`
  const record: BronzeRecord = { ...rest, sha256, body }
  await putOnce(store, body, await zipped)
  await putOnce(store, recordKey(body, arrival.key), Buffer.from(`${JSON.stringify(record, null, 1)}\n`))
  return record
}

/** A request that was not answered. */
export interface Unanswered {
  /** Key of the request; `everyRequest` stands for all further requests of the source. */
  readonly key: string
  readonly error: string
}

/** Stores that requests were not answered. */
export const keepUnanswered = async (
  store: ObjectStore,
  { name, extension }: { readonly name: string; readonly extension: string },
  missed: readonly Unanswered[],
  now: Date,
): Promise<void> => {
  const common = { source: name, fetched_at: now.toISOString(), extension, status: unanswered, headers: {} }
  for (const each of missed) await keep(store, { ...common, ...each }, new Uint8Array())
}

const putOnce = async (store: ObjectStore, key: string, body: Uint8Array) => {
  try {
    await store.put(key, body, 'absent')
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
  }
}

const isRecord = (key: string) => key.endsWith('.json') && key.includes('.gz.')

/** Keys of the records of a source, oldest first; of all sources, or of one UTC day, if asked. */
export const recordKeys = async (store: ObjectStore, source?: string, day?: string): Promise<string[]> =>
  (await store.keys(`${bronzePrefix(source)}${day ? `${day}/` : ''}`)).filter(isRecord)

export const readRecord = async (store: ObjectStore, key: string): Promise<BronzeRecord> => {
  const bytes = await store.get(key)
  if (!bytes) throw new ContractError(`${key} is listed but cannot be read`)
  const record = recordIn(bytes)
  if (!record || !key.startsWith(`${record.body}.`) || !record.body.includes(`-${record.sha256}.`))
    throw new ContractError(`${key} is damaged: it is not the record of the payload beside it`)
  return record
}

const recordIn = (bytes: Uint8Array): BronzeRecord | undefined => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as BronzeRecord
  } catch {
    return undefined
  }
}

const zippedBody = async (store: ObjectStore, record: BronzeRecord): Promise<Uint8Array> => {
  const bytes = await store.get(record.body)
  if (!bytes) throw new ContractError(`${record.body} is missing: its record is there, its bytes are not`)
  return bytes
}

/** The original bytes, after a check of their hash. More than `limit` of them give a ContractError. */
export const readBody = async (
  store: ObjectStore,
  record: BronzeRecord,
  limit: number = buffers.MAX_LENGTH,
): Promise<Uint8Array> => {
  const zipped = await zippedBody(store, record)
  const body = await promisify(gunzip)(zipped, { maxOutputLength: limit }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(record, limit) : unzipError(record, error)
  })
  checkHash(record, createHash('sha256').update(body))
  return body
}

/** A stored body. It is read from the store once. */
export interface StoredBody {
  /** How many original bytes it has: gzip ends with their count, modulo 2^32. */
  readonly length: number
  /** The first original bytes. */
  head(): Uint8Array
  /** The original bytes piece by piece, so that they are never in memory as a whole. Their hash is checked at the end. */
  pieces(limit: number): AsyncGenerator<Uint8Array>
}

export const storedBody = async (store: ObjectStore, record: BronzeRecord): Promise<StoredBody> => {
  const zipped = await zippedBody(store, record)
  const end = Buffer.from(zipped.subarray(-4))
  return {
    length: end.length === 4 ? end.readUInt32LE() : 0,
    head: () => gunzipSync(zipped.subarray(0, headLength), { finishFlush: constants.Z_SYNC_FLUSH }),
    pieces: (limit) => piecesOf(record, zipped, limit),
  }
}
const headLength = 64 * 1024
const pieceLength = 1024 * 1024

async function* piecesOf(record: BronzeRecord, zipped: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let length = 0
  const pieces = Readable.from([zipped]).pipe(createGunzip({ chunkSize: pieceLength }))
  try {
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      length += piece.length
      if (length > limit) throw tooLarge(record, limit)
      hash.update(piece)
      yield piece
    }
  } catch (error) {
    throw unzipError(record, error as NodeJS.ErrnoException)
  }
  checkHash(record, hash)
}

const unzipError = (record: BronzeRecord, error: NodeJS.ErrnoException): Error =>
  error.code?.startsWith('Z_')
    ? new ContractError(`${record.body} is damaged: it cannot be decompressed, ${error.message}`)
    : error

const tooLarge = ({ source, key, body }: BronzeRecord, limit: number) =>
  new ContractError(`${source} ${key}: larger than the limit of ${limit} bytes (${body})`)

const checkHash = (record: BronzeRecord, hash: Hash): void => {
  const sha256 = hash.digest('hex')
  if (sha256 !== record.sha256) throw new ContractError(`${record.body} has the hash ${sha256}, not ${record.sha256}`)
}

export const payloadOf = (record: BronzeRecord, body: Uint8Array): Payload => ({
  source: record.source,
  key: record.key,
  body,
  fetchedAt: new Date(record.fetched_at),
  bronzeKey: record.body,
  ...(record.url ? { url: record.url } : {}),
  isKeyGuessed: record.is_key_given !== true && record.file !== undefined && stemOf(record.file) === record.key,
})

/** Name of a file without its extension. */
export const stemOf = (file: string) => file.replace(/\.[^.]+$/, '')
