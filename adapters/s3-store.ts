/** Objects of an S3 bucket. A conditional write happens as a whole or not at all. Objects that were read are cached on this machine by ETag. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { ConflictError } from '../core/errors.ts'
import type { Condition, ObjectStore } from '../core/platform.ts'
import { sha256Of } from './durable.ts'

/** Statuses of a conditional write that lost a race: the condition failed, another write is under way, or the object is gone. */
const conflicts = [412, 409, 404]
const downloadsAtOnce = 32

/** An empty object below this prefix records that an object was written, so that its loss is noticed. */
const writtenPrefix = 'written/'
const writtenKey = (key: string) => `${writtenPrefix}${key}`
/** Objects that are replaced, and whose loss nothing else would show. */
const isRecorded = (key: string) => /^(silver|mart)\//.test(key)

/** Further keys that a function writes if it writes these objects, or objects with these prefixes. */
export const writtenKeys = (keys: readonly string[]): string[] => keys.filter(isRecorded).map(writtenKey)

interface Read {
  readonly body: Uint8Array
  readonly etag: string
  /** As recorded by the writer. */
  readonly sha256: string | undefined
}

const damageOf = ({ body, sha256 }: Read) => {
  const found = sha256Of(body)
  return sha256 && sha256 !== found ? `its SHA-256 is ${found}, and ${sha256} was written` : undefined
}

export const s3Store = (
  client: S3Client,
  bucket: string,
  cache: string,
  scratch: (name: string) => Promise<string>,
): ObjectStore => {
  /** ETag of each object as of the last listing, reading or writing. */
  const seen = new Map<string, string>()
  /** The key is part of the path, since the engine reads the year from it. */
  const pathOf = (key: string, etag: string) => join(cache, etag.replaceAll(/\W/g, ''), key)

  const listed = async (prefix: string) => {
    // A prefix is a folder: `silver/earnings` is not the beginning of `silver/earnings_calendar`.
    const Prefix = prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix
    const found: { key: string; size: number; etag: string }[] = []
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix })) {
      for (const { Key, Size, ETag } of page.Contents ?? []) found.push({ key: Key!, size: Size ?? 0, etag: ETag! })
    }
    for (const { key, etag } of found) seen.set(key, etag)
    return found.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  const read = async (key: string): Promise<Read | undefined> => {
    try {
      const { Body, ETag, Metadata } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      seen.set(key, ETag!)
      return { body: await Body!.transformToByteArray(), etag: ETag!, sha256: Metadata?.sha256 }
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined
      throw error
    }
  }

  /** A file with the object as last seen, fetched unless it is here already. */
  const cached = async (key: string): Promise<string> => {
    const known = seen.get(key)
    if (known && existsSync(pathOf(key, known))) return pathOf(key, known)
    const found = await read(key)
    if (!found) throw new Error(`s3://${bucket}/${key} is listed but cannot be read`)
    const path = pathOf(key, found.etag)
    const aside = await scratch('download')
    await writeFile(aside, found.body)
    await mkdir(dirname(path), { recursive: true })
    await rename(aside, path)
    return path
  }

  const written = async (prefix: string) =>
    (await listed(writtenKey(prefix))).map(({ key }) => key.slice(writtenPrefix.length))

  return {
    location: `s3://${bucket}`,
    readableFolder: cache,
    list: async (prefix) => (await listed(prefix)).map(({ key, size }) => ({ key, size })),
    keys: async (prefix) => (await listed(prefix)).map(({ key }) => key),
    versions: async (prefix) => new Map((await listed(prefix)).map(({ key, etag }) => [key, etag])),
    get: async (key) => (await read(key))?.body,
    snapshot: async (key) => {
      const found = await read(key)
      if (!found) return undefined
      const path = await scratch(key.replaceAll('/', '-'))
      await writeFile(path, found.body)
      const damage = damageOf(found)
      return { path, etag: found.etag, ...(damage ? { damage } : {}) }
    },
    written,
    missing: async (prefix) => {
      // The records first: an object that is written meanwhile is then in the second list.
      const recorded = await written(prefix)
      const present = new Set((await listed(prefix)).map(({ key }) => key))
      return recorded.filter((key) => !present.has(key))
    },
    inspect: async (key) => {
      const found = await read(key)
      if (!found) return (await read(writtenKey(key))) ? { state: 'missing' } : { state: 'unrecorded' }
      if (!found.sha256) return { state: 'unrecorded' }
      const damage = damageOf(found)
      return damage ? { state: 'damaged', damage } : { state: 'intact' }
    },
    put: async (key, body, condition) => {
      const Body = body instanceof Uint8Array ? body : await readFile(body.file)
      const Metadata = { sha256: sha256Of(Body) }
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body, Metadata, ...onlyIf(condition) })
      try {
        // Before the object, so that no object is there without it.
        if (condition === 'absent' && isRecorded(key))
          await client.send(new PutObjectCommand({ Bucket: bucket, Key: writtenKey(key), Body: '', ContentLength: 0 }))
        seen.set(key, (await client.send(command)).ETag!)
      } catch (error) {
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
        if (status && conflicts.includes(status) && (error as Error).name !== 'NoSuchBucket')
          throw new ConflictError(key)
        throw error
      }
    },
    readable: async (keys) => {
      const paths: string[] = []
      for (let i = 0; i < keys.length; i += downloadsAtOnce)
        paths.push(...(await Promise.all(keys.slice(i, i + downloadsAtOnce).map(cached))))
      return paths
    },
  }
}

const onlyIf = (condition: Condition) => (condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag })
