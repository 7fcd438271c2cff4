/** The AWS platform: a bucket and this machine's clock. Works in a Lambda and on a desk. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import type { DistributedEngine, Logger, Platform, Progress } from '../core/platform.ts'
import { filesIn, silent, still } from './machine.ts'
import { s3Store } from './s3-store.ts'

export interface AwsOptions {
  readonly bucket: string
  /** Folder for temporary files and objects that were read. Default: a new one, which is removed at the end. */
  readonly folder?: string
  /** Fetches from the sources. Without it, nothing outside the bucket is reached. */
  readonly network?: Pick<Platform, 'fetch' | 'secret'>
  /** What answers there; the embedded engine without it. */
  readonly distributed?: DistributedEngine
  readonly log?: Logger
  readonly progress?: Progress
}

const noNetwork: Pick<Platform, 'fetch' | 'secret'> = {
  fetch: async ({ url }) => {
    throw new Error(`${url}: this platform was opened without a network`)
  },
  secret: async () => undefined,
}

/** An endpoint that is set by hand is an emulator or a gateway, which has no host per bucket. */
export const s3Client = () =>
  new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL_S3) })

export const awsPlatform = (options: AwsOptions): Platform => {
  const { bucket, network = noNetwork, distributed, log = silent, progress = still } = options
  const own = options.folder ?? join(tmpdir(), `precursor-${process.pid}-${randomUUID()}`)
  const files = filesIn(async () => own)
  const s3 = s3Client()
  return {
    name: 'aws',
    store: s3Store(s3, bucket, join(own, 'cache'), files.scratch),
    log,
    progress,
    now: () => new Date(),
    ...network,
    ...(distributed ? { distributed } : {}),
    ...files,
    publishFile: async (scratchPath) => scratchPath,
    freeBytes: async () => undefined,
    close: async () => {
      await rm(own, { recursive: true, force: true })
      s3.destroy()
    },
  }
}
