/** The Athena client of the product, by the real SDK, on real Trino: types, pages, reuse, throttling, cancelling, failing. */
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { type Athena, openAthena } from '../../adapters/athena/client.ts'
import { QueryError } from '../../core/errors.ts'
import { hasLocalAws, localAws } from './local-aws.ts'

/** Runs for minutes. */
const endless = `select count(*) from unnest(sequence(1, 10000)) as a(x) cross join unnest(sequence(1, 10000)) as b(y) cross join unnest(sequence(1, 10000)) as c(z) where x + y + z < 0`

describe.skipIf(!hasLocalAws)('the Athena client', () => {
  let athena: Athena

  beforeAll(async () => {
    for (const [name, value] of Object.entries((await localAws()).environment)) vi.stubEnv(name, value)
    athena = openAthena({ database: 'default', workgroup: 'primary' })
  })

  /** Lets the next calls of an operation be refused. */
  const refuse = (operation: string, type: string, count: number) =>
    fetch(inject('localAws').athenaUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonAthena.TestRefuse' },
      body: JSON.stringify({ operation, type, count }),
    })

  it('gives typed rows: no digit lost, dates as dates, NULL as null', async () => {
    const { columns, rows } = await athena.query(`
      select
        cast(9007199254740993 as bigint) as large, cast(-7 as integer) as small, 1e-4 as double_value, nan() as not_a_number,
        date '2024-02-29' as leap, timestamp '2025-11-20 13:30:00.123' as at, true as lit, 'a "b", c' as text, '' as empty,
        cast(null as double) as nothing, cast(1.5 as decimal(3, 1)) as short_decimal,
        cast('12345678901234567890.5' as decimal(25, 1)) as long_decimal, array['a', 'b'] as list`)
    expect(rows).toEqual([
      {
        large: 9007199254740993n,
        small: -7,
        double_value: 1e-4,
        not_a_number: Number.NaN,
        leap: '2024-02-29',
        at: '2025-11-20T13:30:00.123Z',
        lit: true,
        text: 'a "b", c',
        empty: '',
        nothing: null,
        short_decimal: 1.5,
        long_decimal: '12345678901234567890.5',
        list: '[a, b]',
      },
    ])
    expect(columns.map(({ type }) => type)).toEqual([
      ...['bigint', 'bigint', 'double', 'double', 'date', 'timestamp', 'boolean', 'varchar', 'varchar'],
      ...['double', 'double', 'varchar', 'varchar'],
    ])
  })

  it('fetches all pages, in order', async () => {
    const { rows } = await athena.query('select x from unnest(sequence(1, 3500)) as s(x) order by x')
    expect(rows.map(({ x }) => x)).toEqual(Array.from({ length: 3500 }, (_, i) => i + 1))
  })

  it('takes an earlier answer again where that was asked for, and only then', async () => {
    const text = 'select 42 as answer'
    expect(await athena.query(text, { reuseMinutes: 5 })).toMatchObject({ isReused: false })
    expect(await athena.query(text, { reuseMinutes: 5 })).toMatchObject({ isReused: true, rows: [{ answer: 42 }] })
    expect(await athena.query(text)).toMatchObject({ isReused: false })
  })

  it.each([
    ['StartQueryExecution', 'TooManyRequestsException'],
    ['GetQueryExecution', 'ThrottlingException'],
    ['GetQueryResults', 'ThrottlingException'],
  ])('makes a throttled %s (%s) again', async (operation, type) => {
    await refuse(operation, type, 2)
    const { rows } = await athena.query(`select '${operation}' as operation`)
    expect(rows).toEqual([{ operation }])
  })

  it('quotes the reason and the query of one that fails', async () => {
    const failing = athena.query('select nothing from nowhere')
    await expect(failing).rejects.toThrow(QueryError)
    await expect(failing).rejects.toThrow(/FAILED \w+: line 1:\d+: .+\nselect nothing from nowhere$/)
  })

  it('says so where the service does not take it', async () => {
    const elsewhere = openAthena({ database: 'default', workgroup: 'Elsewhere' })
    await expect(elsewhere.query('select 1')).rejects.toThrow(/did not take it: .*Elsewhere.*\nselect 1/s)
  })

  it('cancels a query that is no longer wanted, and one that takes too long', async () => {
    const cancelling = new AbortController()
    setTimeout(() => cancelling.abort(), 1500)
    await expect(athena.query(endless, { signal: cancelling.signal })).rejects.toThrow(/it was cancelled \(query /)
    await expect(athena.query(endless, { timeoutSeconds: 1 })).rejects.toThrow(/no answer within 1 s/)
    const running =
      "select count(*) as n from system.runtime.queries where state = 'RUNNING' and query like '%cross join unnest%' and query not like '%runtime%'"
    await vi.waitFor(async () => expect(await athena.rows(running)).toEqual([{ n: 0 }]), {
      timeout: 30_000,
      interval: 500,
    })
  })
})
