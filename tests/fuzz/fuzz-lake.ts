/** One open lake through which mutated payloads land, each as the first payload of an otherwise empty lake. */
import { localPlatform } from '../../adapters/local.ts'
import type { Outcome } from '../../core/outcome.ts'
import { importBodies, ingestPayload } from '../../pipeline/ingest/import-files.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { importableTables } from '../../pipeline/landing/import.ts'
import { reportedColumns, type Table } from '../../schemas/table.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { sourceNamed } from '../../sources/index.ts'
import { newFolderInMemory, openTestLake, restore, sampleUniverse } from '../support/lake.ts'
import type { Seed } from './seed.ts'

/** What a payload came to: its outcome, the rows that stand in silver, the rows set aside, and its entry in the ledger. */
export interface Landing {
  readonly outcome: Outcome
  readonly rows: readonly string[]
  readonly rejected: readonly { readonly reason: string; readonly content: string }[]
  readonly ledger: readonly { readonly status: string; readonly error: string | null }[]
}

const universe = { ...sampleUniverse, putCallRatios: true, tiingo: ['NVDA'] }

const tablesOf = ({ origin, isImport }: Seed): readonly Table[] =>
  isImport ? importableTables.filter(({ name }) => name === origin) : sourceNamed(origin).tables

/** JSON has no infinity; without this it would look like a null. */
const shown = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value)
    ? String(value)
    : typeof value === 'bigint'
      ? String(value)
      : value

export const openFuzzLake = async () => {
  const empty = await openTestLake()
  await empty.lake.close()
  const folder = newFolderInMemory()
  let given: Uint8Array = new Uint8Array()
  const local = localPlatform({ lake: folder, now: () => new Date('2025-11-21T15:00:00Z'), environment: {} })
  const lake = await openPart(
    { ...local, readFile: async (path) => (path === 'mutation' ? given : local.readFile(path)) },
    universe,
    [...importableTables, payloads, rejectedRows],
    { threads: 1 },
  )
  const land = async (seed: Seed, body: Uint8Array, fileName = `${seed.key}.${seed.format}`): Promise<Landing> => {
    restore(folder, empty.folder)
    given = body
    const outcome = seed.isImport
      ? await importBodies(lake, seed.origin, [{ name: fileName, body }], { source: 'desk' })
      : await ingestPayload(lake, sourceNamed(seed.origin), 'mutation', {
          key: seed.key,
          fetchedAt: new Date(seed.fetchedAt),
        })
    await lake.refresh()
    const rows: string[] = []
    for (const table of tablesOf(seed)) {
      const found = await lake.engine.rows(
        `select ${[...reportedColumns(table), 'known_at'].join(', ')} from ${table.name}`,
      )
      rows.push(...found.map((row) => `${table.name} ${JSON.stringify(row, shown)}`))
    }
    return {
      outcome,
      rows: rows.sort(),
      rejected: await lake.engine.rows('select reason, content from rejected_rows order by row_number'),
      ledger: await lake.engine.rows('select status, error from payloads'),
    }
  }
  return { land, close: () => lake.close() }
}

export type FuzzLake = Awaited<ReturnType<typeof openFuzzLake>>
