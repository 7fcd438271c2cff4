/** The bucket of a static site, which CloudFront reads. */
import { createHash } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import type { SitePlace } from '../evening/site/publish.ts'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
}

/** S3 gives an object that is encrypted with its own keys, and was written at once, the MD5 of its bytes as ETag. */
export const etagOf = (body: string | Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`

/** Lists what the bucket has now. */
export const siteBucket = async (client: S3Client, bucket: string): Promise<SitePlace> => {
  const etags = new Map<string, string>()
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key, ETag } of Contents) etags.set(Key!, ETag!)
  return {
    has: (path) => etags.has(path),
    read: async (path) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: path }))
      return Body!.transformToString()
    },
    write: async (path, text) => {
      if (etags.get(path) === etagOf(text)) return false
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: path,
          Body: text,
          ContentType: types[path.split('.').at(-1)!]!,
          // CloudFront and browsers keep a copy and ask whether it is still the one.
          CacheControl: 'no-cache',
        }),
      )
      return true
    },
  }
}
