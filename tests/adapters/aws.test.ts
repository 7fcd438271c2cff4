/** The AWS adapters against the SDK: conditions, conflicts, prefixes, the cache of reads, typed answers of Athena. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openAthena } from '../../adapters/athena/client.ts'
import { awsNetwork } from '../../adapters/aws-network.ts'
import { findDeployment } from '../../adapters/aws-operator.ts'
import { s3Store } from '../../adapters/s3-store.ts'
import { siteBucket } from '../../adapters/site-bucket.ts'
import { ConflictError, UsageError } from '../../core/errors.ts'
import { earlierIn, finishIn } from '../../evening/site/publish.ts'
import { newFolder } from '../support/lake.ts'

const s3 = mockClient(S3Client)
const athena = mockClient(AthenaClient)
const ssm = mockClient(SSMClient)
afterEach(() => {
  for (const each of [s3, athena, ssm]) each.reset()
})
afterAll(() => {
  for (const each of [s3, athena, ssm]) each.restore()
})

const store = () => {
  const folder = newFolder()
  let count = 0
  return s3Store(new S3Client({ region: 'us-east-1' }), 'lake', join(folder, 'cache'), async (name) =>
    join(folder, `${count++}-${name}`),
  )
}
const body = (text: string) => ({ transformToByteArray: async () => Buffer.from(text) }) as never
const refusal = (httpStatusCode: number, name: string) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })

describe('a bucket as a store', () => {
  it('writes a new object only where there is none, and an old one only in the state that was read', async () => {
    s3.on(PutObjectCommand).resolves({ ETag: '"1"' })
    const { put } = store()
    await put('silver/a', Buffer.from('x'), 'absent')
    await put('silver/a', Buffer.from('x'), { etag: '"1"' })
    const inputs = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)
    // Recorded first: an object whose loss is noticed.
    expect(inputs[0]).toMatchObject({ Bucket: 'lake', Key: 'written/silver/a' })
    expect(inputs[1]).toMatchObject({ Bucket: 'lake', Key: 'silver/a', IfNoneMatch: '*' })
    expect(inputs[2]).toMatchObject({ IfMatch: '"1"' })
    expect(inputs[2]!.IfNoneMatch).toBeUndefined()
    expect(inputs).toHaveLength(3)
  })

  it('compares an object with the hash that was recorded with it', async () => {
    const sha256 = createHash('sha256').update('right').digest('hex')
    const answer = (text: string, Metadata?: Record<string, string>) => ({
      Body: body(text),
      ETag: '"1"',
      ...(Metadata ? { Metadata } : {}),
    })
    s3.on(PutObjectCommand).resolves({ ETag: '"1"' })
    await store().put('silver/a', Buffer.from('right'), { etag: '"0"' })
    expect(s3.commandCalls(PutObjectCommand)[0]!.args[0].input.Metadata).toEqual({ sha256 })
    s3.on(GetObjectCommand, { Key: 'silver/a' })
      .resolvesOnce(answer('right', { sha256 }))
      .resolvesOnce(answer('wrong', { sha256 }))
      .resolvesOnce(answer('wrong', { sha256 }))
      .resolvesOnce(answer('old'))
      .rejects(refusal(404, 'NoSuchKey'))
    s3.on(GetObjectCommand, { Key: 'written/silver/a' }).resolves(answer(''))
    const { inspect, snapshot } = store()
    expect(await inspect('silver/a')).toEqual({ state: 'intact' })
    expect(await inspect('silver/a')).toMatchObject({ state: 'damaged', damage: expect.stringContaining(sha256) })
    expect((await snapshot('silver/a'))!.damage).toContain(sha256)
    expect(await inspect('silver/a')).toEqual({ state: 'unrecorded' })
    expect(await inspect('silver/a')).toEqual({ state: 'missing' })
  })

  it.each([
    [412, 'PreconditionFailed'],
    [409, 'ConditionalRequestConflict'],
    [404, 'NoSuchKey'],
  ])('answers %d (%s) to a write with a ConflictError, so that it is merged again', async (status, name) => {
    s3.on(PutObjectCommand).rejects(refusal(status, name))
    await expect(store().put('silver/a', Buffer.from('x'), { etag: '"1"' })).rejects.toThrow(ConflictError)
  })

  it('does not take a missing bucket or a denied write for a conflict', async () => {
    s3.on(PutObjectCommand).rejects(refusal(404, 'NoSuchBucket'))
    await expect(store().put('silver/a', Buffer.from('x'), 'absent')).rejects.toThrow('NoSuchBucket')
    s3.on(PutObjectCommand).rejects(refusal(403, 'AccessDenied'))
    await expect(store().put('silver/a', Buffer.from('x'), 'absent')).rejects.toThrow('AccessDenied')
  })

  it('lists a prefix as a folder, over all pages', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'silver/earnings/' })
      .resolvesOnce({
        Contents: [{ Key: 'silver/earnings/b', Size: 2, ETag: '"b"' }],
        IsTruncated: true,
        NextContinuationToken: 't',
      })
      .resolves({ Contents: [{ Key: 'silver/earnings/a', Size: 1, ETag: '"a"' }] })
    expect(await store().list('silver/earnings')).toEqual([
      { key: 'silver/earnings/a', size: 1 },
      { key: 'silver/earnings/b', size: 2 },
    ])
  })

  it('fetches an object once per state, and again when it was replaced', async () => {
    const key = 'silver/daily_bars/year=2025/data.parquet'
    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: key, Size: 1, ETag: '"1"' }] })
    s3.on(GetObjectCommand).resolves({ Body: body('one'), ETag: '"1"' })
    const { versions, readable } = store()
    await versions('silver')
    const [first] = await readable([key])
    const [again] = await readable([key])
    expect(again).toBe(first)
    expect(first).toContain('/year=2025/')
    expect(s3.commandCalls(GetObjectCommand)).toHaveLength(1)

    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: key, Size: 1, ETag: '"2"' }] })
    s3.on(GetObjectCommand).resolves({ Body: body('two'), ETag: '"2"' })
    await versions('silver')
    const [replaced] = await readable([key])
    expect(readFileSync(replaced!, 'utf8')).toBe('two')
    expect(readFileSync(first!, 'utf8')).toBe('one')
  })

  it('finds nothing where nothing is, and passes other trouble on', async () => {
    s3.on(GetObjectCommand).rejects(refusal(404, 'NoSuchKey'))
    expect(await store().get('lake.json')).toBeUndefined()
    expect(await store().snapshot('lake.json')).toBeUndefined()
    s3.on(GetObjectCommand).rejects(refusal(403, 'AccessDenied'))
    await expect(store().get('lake.json')).rejects.toThrow('AccessDenied')
  })
})

describe('a key of a source', () => {
  it('is read once, decrypted, and is nothing where it was not put', async () => {
    ssm.on(GetParameterCommand, { Name: '/Precursor/keys/FRED_API_KEY' }).resolves({ Parameter: { Value: 'k' } })
    ssm.on(GetParameterCommand, { Name: '/Precursor/keys/TIINGO_API_KEY' }).rejects(refusal(400, 'ParameterNotFound'))
    const { secret } = awsNetwork('/Precursor/keys')
    expect(await secret('FRED_API_KEY')).toBe('k')
    expect(await secret('FRED_API_KEY')).toBe('k')
    expect(await secret('TIINGO_API_KEY')).toBeUndefined()
    const asked = ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)
    expect(asked.filter(({ Name }) => Name?.includes('FRED'))).toHaveLength(1)
    expect(asked[0]).toMatchObject({ WithDecryption: true })
  })
})

describe('a deployment', () => {
  it('that is not there is said so, with what to do', async () => {
    ssm.on(GetParameterCommand).rejects(refusal(400, 'ParameterNotFound'))
    await expect(findDeployment('Elsewhere')).rejects.toThrow(UsageError)
    await expect(findDeployment('Elsewhere')).rejects.toThrow(/no deployment Elsewhere .*npx cdk deploy/)
  })
})

describe('Athena', () => {
  const deployment = {
    bucket: 'lake',
    stateMachine: 'arn',
    database: 'precursor',
    workgroup: 'Precursor',
    firstYear: 1990,
  }
  const column = (Name: string, Type: string) => ({ Name, Type })
  const row = (...values: (string | undefined)[]) => ({
    Data: values.map((VarCharValue) => (VarCharValue === undefined ? {} : { VarCharValue })),
  })

  it('gives typed rows over all pages: no digit of a bigint lost, NULL as null, instants in UTC', async () => {
    athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' })
    athena
      .on(GetQueryExecutionCommand)
      .resolvesOnce({ QueryExecution: { Status: { State: 'RUNNING' } } })
      .resolves({ QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 1234 } } })
    const ColumnInfo = [
      column('session', 'date'),
      column('at', 'timestamp'),
      column('n', 'bigint'),
      column('x', 'double'),
      column('lit', 'boolean'),
    ]
    athena
      .on(GetQueryResultsCommand)
      .resolvesOnce({
        ResultSet: {
          ResultSetMetadata: { ColumnInfo },
          Rows: [
            row('session', 'at', 'n', 'x', 'lit'),
            row('2025-11-20', '2025-11-20 13:30:00.000', '9007199254740993', '1.0E-4', 'true'),
          ],
        },
        NextToken: 't',
      })
      .resolves({
        ResultSet: { ResultSetMetadata: { ColumnInfo }, Rows: [row('2025-11-21', undefined, '7', undefined, 'false')] },
      })
    const answer = await openAthena(deployment).query('select 1', { reuseMinutes: 60 })
    expect(answer.rows).toEqual([
      { session: '2025-11-20', at: '2025-11-20T13:30:00.000Z', n: 9007199254740993n, x: 1e-4, lit: true },
      { session: '2025-11-21', at: null, n: 7, x: null, lit: false },
    ])
    expect(answer.bytesScanned).toBe(1234)
    expect(athena.commandCalls(StartQueryExecutionCommand)[0]!.args[0].input).toMatchObject({
      WorkGroup: 'Precursor',
      QueryExecutionContext: { Database: 'precursor' },
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true } },
    })
  })

  it('quotes its reason and the query where one fails', async () => {
    athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' })
    athena.on(GetQueryExecutionCommand).resolves({
      QueryExecution: { Status: { State: 'FAILED', StateChangeReason: "COLUMN_NOT_FOUND: line 1:8: Column 'y'" } },
    })
    await expect(openAthena(deployment).query('select y from runs')).rejects.toThrow(
      /FAILED COLUMN_NOT_FOUND: line 1:8: Column 'y'\nselect y from runs/,
    )
  })
})

describe('the bucket of a site', () => {
  const md5 = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`
  const place = () => siteBucket(new S3Client({ region: 'us-east-1' }), 'pages')
  const written = () => s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)

  it('takes a page only if it is not there with this text, as HTML that is compared at each reading', async () => {
    s3.on(ListObjectsV2Command).resolves({
      Contents: [
        { Key: 'index.html', ETag: md5('old') },
        { Key: 'data/pages.js', ETag: md5('same') },
      ],
    })
    s3.on(PutObjectCommand).resolves({})
    const pages = await place()
    expect(await earlierIn(pages)).toEqual({})
    expect(await pages.write('index.html', 'new')).toBe(true)
    expect(await pages.write('data/pages.js', 'same')).toBe(false)
    expect(written()).toEqual([
      {
        Bucket: 'pages',
        Key: 'index.html',
        Body: 'new',
        ContentType: 'text/html; charset=utf-8',
        CacheControl: 'no-cache',
      },
    ])
  })

  it('has the fingerprints of the evenings whose pages are there, and writes those of the next call last', async () => {
    s3.on(ListObjectsV2Command).resolves({
      Contents: [
        { Key: 'site.json', ETag: md5('{}') },
        { Key: 'evening/2025-11-20.html', ETag: md5('a page') },
      ],
    })
    const found = JSON.stringify({ '2025-11-20': 'one', '2025-11-19': 'two' })
    s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => found } as never })
    s3.on(PutObjectCommand).resolves({})
    const pages = await place()
    expect(await earlierIn(pages)).toEqual({ '2025-11-20': 'one' })
    await finishIn(pages, { '2025-11-20': 'three' })
    expect(written()).toMatchObject([{ Key: 'site.json', Body: '{"2025-11-20":"three"}' }])
  })
})
