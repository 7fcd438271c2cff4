/**
 * Stored views whose SQL another engine runs. Here that engine is a DuckDB of its own with the tables of the catalog, so that the objects
 * must have the same bytes. On Trino see `tests/aws/compute.test.ts`.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../core/engine.ts'
import { QueryError } from '../../../core/errors.ts'
import type { Unload } from '../../../core/platform.ts'
import { computations, compute } from '../../../pipeline/compute/compute.ts'
import { computeDistributed } from '../../../pipeline/compute/distributed.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { trinoMacros } from '../../../pipeline/silver/dialect.ts'
import { emptyRelation } from '../../../pipeline/silver/files.ts'
import { objectKey } from '../../../pipeline/silver/partitions.ts'
import { partitionsIn, silverVersions, stateKey } from '../../../pipeline/silver/staleness.ts'
import { storedName } from '../../../schemas/catalog.ts'
import { bigint, sqlTypeName } from '../../../schemas/column.ts'
import { allRelations } from '../../../schemas/relations.ts'
import { isStored } from '../../../schemas/view.ts'
import { copyFolder, hashes, newFolder, openTestLake } from '../../support/lake.ts'
import { overtaken } from '../../support/overtaken.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const database = 'precursor'
const year = bigint('Year of the object.')

/** Answers queries from the objects of a folder, as Athena does from a bucket. */
const engineOver = (folder: string): { readonly unload: Unload; readonly asked: string[] } => {
  const asked: string[] = []
  const unload: Unload = async (query) => {
    asked.push(query)
    const engine = await openEngine({ threads: 1 })
    try {
      for (const macro of trinoMacros) await engine.run(macro)
      await engine.run(`create schema ${database}`)
      const { lake } = await openTestLake({ folder })
      const versions = await silverVersions(lake.platform.store)
      await lake.close()
      for (const relation of allRelations.filter(isStored)) {
        const name = relation.kind === 'view' ? storedName(relation) : relation.name
        if (!new RegExp(`"${database}"\\.${name}\\b`).test(query)) continue
        const isByDay = relation.kind === 'table' && relation.partition === 'session'
        const files = partitionsIn(versions, relation.name).map(
          (each) => `'${join(folder, objectKey(relation, each))}'`,
        )
        const rows = files.length
          ? `select * from read_parquet([${files.join(', ')}], union_by_name = true, ${isByDay ? 'hive_partitioning = false' : 'hive_partitioning = true, hive_types = {year: bigint}'})`
          : emptyRelation({ ...relation.columns, year }, sqlTypeName)
        await engine.run(`create view ${database}.${name} as ${rows}`)
      }
      const file = join(newFolder(), 'answer.parquet')
      await engine.run(`copy (${query}) to '${file}' (format parquet)`)
      return { files: [file], bytesScanned: 0, discard: async () => rmSync(file, { force: true }) }
    } finally {
      await engine.close()
    }
  }
  return { unload, asked }
}

describe('stored views computed by another engine', () => {
  const viewsMade = computations.filter(({ into }) =>
    allRelations.some((each) => each.kind === 'view' && each.name === into.name),
  )
  const forget = (names: readonly string[]) => {
    for (const name of names) rmSync(join(folder, 'silver', name), { recursive: true, force: true })
  }
  const forgetNotes = (name: string) => rmSync(join(folder, stateKey(name)), { force: true })
  let whole: string
  let folder: string
  let lake: Lake
  let engine: ReturnType<typeof engineOver>
  beforeAll(async () => {
    whole = await episodeLake()
    folder = newFolder()
    copyFolder(whole, folder)
    // The notes of a copy are about other files, so that each result is stale. The objects are gone, too.
    forget(viewsMade.map(({ into }) => into.name))
    ;({ lake } = await openTestLake({ folder }))
    engine = engineOver(folder)
    return () => lake.close()
  })

  it('have the bytes of the embedded engine, and neither engine computes them again', async () => {
    const { unload, asked } = engine
    asked.length = 0
    const outcomes = await computeDistributed(lake, { unload, database, firstYear: 1990 })
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(asked.length).toBeGreaterThan(viewsMade.length / 2)
    expect(hashes(folder, 'silver')).toEqual(hashes(whole, 'silver'))
    asked.length = 0
    const again = [...(await computeDistributed(lake, { unload, database, firstYear: 1990 })), ...(await compute(lake))]
    expect(again.filter(({ rowCount, status }) => rowCount > 0 || status !== 'ok')).toEqual([])
    expect(asked).toEqual([])
  })

  it('are asked for again when another writer replaces an object meanwhile', async () => {
    const { unload, asked } = engine
    asked.length = 0
    const name = 'realized_volatility'
    const outcomes = await computeDistributed(await overtaken(lake, name), { unload, database, firstYear: 1990 })
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect([asked.length, new Set(asked).size]).toEqual([2, 1])
    expect(hashes(folder, `silver/${name}`)).toEqual(hashes(whole, `silver/${name}`))
  })

  it('are refused where the catalog does not see an object that they read', async () => {
    const { unload, asked } = engine
    asked.length = 0
    forgetNotes('realized_volatility')
    const outcomes = await computeDistributed(lake, { unload, database, firstYear: 2200 })
    const failed = outcomes.filter(({ status }) => status === 'failed')
    expect(failed.map(({ subject }) => subject)).toEqual(['realized_volatility'])
    expect(failed[0]!.error).toMatch(
      /^ContractError: realized_volatility reads daily_bars_as_known of \d{4}, and the catalog begins with 2200: deploy with `-c firstYear=\d{4}`/,
    )
    expect(asked).toEqual([])
    expect(hashes(folder, 'silver')).toEqual(hashes(whole, 'silver'))
  })

  it('keep their rows when the other engine fails, whose reason is told without the query', async () => {
    forgetNotes('realized_volatility')
    const failing: Unload = async (query) => {
      throw new QueryError('Athena: CANCELLED Bytes scanned limit was exceeded', query)
    }
    const outcomes = await computeDistributed(lake, { unload: failing, database, firstYear: 1990 })
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([
      expect.objectContaining({
        subject: 'realized_volatility',
        error:
          'the SQL of realized_volatility: Athena: CANCELLED Bytes scanned limit was exceeded. Raise the limit of the workgroup with `-c scanLimit=…` and deploy',
      }),
    ])
    expect(hashes(folder, 'silver')).toEqual(hashes(whole, 'silver'))
  })
})
