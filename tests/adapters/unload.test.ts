/** Rows that Athena unloads, against the SDK: an empty destination for each attempt, files on this machine, and nothing left behind. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { Athena } from '../../adapters/athena/client.ts'
import { athenaUnload } from '../../adapters/athena/unload.ts'
import { QueryError } from '../../core/errors.ts'
import { newFolder } from '../support/lake.ts'

const s3 = mockClient(S3Client)
afterEach(() => s3.reset())
afterAll(() => s3.restore())

/** Athena that writes two files and an empty mark for each statement, after so many failures that leave a file behind. */
const athenaFailing = (failures: number, isTransient = true) => {
  const asked: string[] = []
  const stored = new Map<string, string>()
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }) => ({
    Contents: [...stored].flatMap(([Key, text]) => (Key.startsWith(Prefix) ? [{ Key, Size: text.length }] : [])),
  }))
  s3.on(GetObjectCommand).callsFake(({ Key }) => ({ Body: Readable.from([stored.get(Key)!]) }))
  s3.on(DeleteObjectsCommand).callsFake(({ Delete }) => {
    for (const { Key } of Delete.Objects) stored.delete(Key)
    return {}
  })
  const execute: Athena['execute'] = async (sql) => {
    asked.push(sql)
    const prefix = /'s3:\/\/lake\/([^']+)'/.exec(sql)![1]!
    stored.set(`${prefix}a`, 'rows a')
    if (asked.length <= failures) throw new QueryError('Athena: FAILED no resources', sql, isTransient)
    stored.set(`${prefix}b`, 'rows b')
    stored.set(`${prefix}mark`, '')
    return { id: '1', output: undefined, bytesScanned: 7, isReused: false }
  }
  const folder = newFolder()
  let count = 0
  const scratch = async (name: string) => join(folder, `${count++}-${name}`)
  const unload = athenaUnload({
    athena: { execute },
    s3: new S3Client({ region: 'us-east-1' }),
    bucket: 'lake',
    scratch,
  })
  return { asked, stored, unload }
}

it('gives the files of a query and removes them from the bucket', async () => {
  const { asked, stored, unload } = athenaFailing(0)
  const { files, bytesScanned, discard } = await unload('select 1 as x')
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatch(
    /^UNLOAD \(select 1 as x\)\nTO 's3:\/\/lake\/unfinished\/[\w-]+\/'\nWITH \(format = 'PARQUET', compression = 'ZSTD'\)$/,
  )
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['rows a', 'rows b'])
  expect(bytesScanned).toBe(7)
  expect([...stored.values()]).toEqual([])
  await discard()
  expect(files.filter((file) => existsSync(file))).toEqual([])
})

it('starts a query anew with another destination, and takes no file of the one that failed', async () => {
  const { asked, stored, unload } = athenaFailing(1)
  const { files } = await unload('select 1 as x')
  expect(files).toHaveLength(2)
  expect(new Set(asked).size).toBe(2)
  expect(stored.size).toBe(0)
})

it('gives up a query that fails for good, and leaves nothing behind', async () => {
  const { asked, stored, unload } = athenaFailing(1, false)
  await expect(unload('select 1 as x')).rejects.toThrow(QueryError)
  expect(asked).toHaveLength(1)
  expect(stored.size).toBe(0)
})
