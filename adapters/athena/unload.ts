/**
 * Rows that Athena writes as Parquet files: https://docs.aws.amazon.com/athena/latest/ug/unload.html
 * They go under a prefix of their own, are copied to this machine and removed. Athena leaves the files of a query that failed; the
 * bucket expires whatever remains under the prefix after a day.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { DeleteObjectsCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { QueryError } from '../../core/errors.ts'
import type { Platform, Unload } from '../../core/platform.ts'
import type { Athena } from './client.ts'

export const unfinishedPrefix = 'unfinished/'

/** Athena ends a query after half an hour. */
const timeoutSeconds = 1800
const attempts = 3
const keysAtOnce = 1000

export interface UnloadOptions {
  readonly athena: Pick<Athena, 'execute'>
  readonly s3: S3Client
  readonly bucket: string
  readonly scratch: Platform['scratch']
}

/** The destination of each attempt is new, because Athena writes to an empty one only. */
export const athenaUnload = ({ athena, s3, bucket, scratch }: UnloadOptions): Unload => {
  const keysUnder = async (prefix: string) => {
    const keys: { readonly key: string; readonly isEmpty: boolean }[] = []
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
      for (const { Key, Size = 0 } of Contents) keys.push({ key: Key!, isEmpty: Size === 0 })
    return keys
  }
  const removeUnder = async (prefix: string) => {
    const keys = await keysUnder(prefix)
    for (let i = 0; i < keys.length; i += keysAtOnce) {
      const Objects = keys.slice(i, i + keysAtOnce).map(({ key }) => ({ Key: key }))
      await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }))
    }
  }
  const copied = async (Key: string) => {
    const path = await scratch('unloaded.parquet')
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
    await pipeline(Body as Readable, createWriteStream(path))
    return path
  }
  const unloadOnce: Unload = async (query) => {
    const prefix = `${unfinishedPrefix}${randomUUID()}/`
    try {
      const { bytesScanned } = await athena.execute(statementFor(query, `s3://${bucket}/${prefix}`), {
        timeoutSeconds,
        attempts: 1,
      })
      const files: string[] = []
      for (const { key, isEmpty } of await keysUnder(prefix)) if (!isEmpty) files.push(await copied(key))
      const discard = () => Promise.all(files.map((file) => rm(file, { force: true }))).then(() => {})
      return { files, bytesScanned, discard }
    } finally {
      await removeUnder(prefix)
    }
  }
  return async (query) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await unloadOnce(query)
      } catch (error) {
        if (!(error instanceof QueryError && error.isTransient) || attempt === attempts) throw error
        await setTimeout(1000 * attempt)
      }
    }
  }
}

const statementFor = (query: string, destination: string) =>
  `UNLOAD (${query})\nTO '${destination}'\nWITH (format = 'PARQUET', compression = 'ZSTD')`
