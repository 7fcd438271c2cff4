/** Connections to the data of one engine: each has relations of its own and sees those of the first one. */
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../core/engine.ts'
import { double } from '../../schemas/column.ts'

describe('a connection beside the first one', () => {
  it('has relations of its own under names that others use, too', async () => {
    const engine = await openEngine()
    await engine.run('create table shared as select 1 as n')
    await engine.run('create table computed as select 0 as n')
    const both = await Promise.all([engine.beside(), engine.beside()])
    for (const [i, own] of both.entries()) {
      await own.run(`create table computed as select ${i + 1} as n`)
      await own.load('loaded', { n: double('A number.') }, [{ n: i }])
      await own.loadDoubles('numbers', { n: Float64Array.of(i) })
    }
    for (const [i, own] of both.entries()) {
      expect(await own.rows('select n from computed union all select n from shared')).toEqual([{ n: i + 1 }, { n: 1 }])
      expect(await own.rowsOfAll(['select n from computed', 'select n from loaded', 'select n from numbers'])).toEqual([
        [{ n: i + 1 }],
        [{ n: i }],
        [{ n: i }],
      ])
      await own.close()
    }
    expect(await engine.rows('select n from computed')).toEqual([{ n: 0 }])
    expect(await engine.rows(`select table_name from information_schema.tables order by all`)).toEqual([
      { table_name: 'computed' },
      { table_name: 'shared' },
    ])
    await engine.close()
  })
})

it('an engine whose settings are locked runs many statements side by side, too', async () => {
  const engine = await openEngine()
  await engine.run('set lock_configuration = true')
  const names = Array.from({ length: 4 * engine.cores }, (_, i) => `made_${i}`)
  await engine.runAll(names.map((name) => `create table ${name} as select 1 as n`))
  expect(await engine.rows('select count(*) as n from duckdb_tables()')).toEqual([{ n: names.length }])
  await engine.close()
})
