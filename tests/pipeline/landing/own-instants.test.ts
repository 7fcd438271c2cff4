/** Imported rows that state when they became known: each vintage keeps its instant, in whatever order it comes. */
import { expect, it } from 'vitest'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { derivedHashes, openTestLake, writeInput } from '../../support/lake.ts'

const header = 'symbol,concept,period_end,value,known_at'
const row = (value: number, day: string) => `ACME,eps_nongaap,2025-03-31,${value},${day}T12:00:00Z`
/** Imports files one evening after another. Returns the vintages, which a rebuild does not change. */
const vintagesAfter = async (...files: readonly (readonly string[])[]) => {
  const test = await openTestLake()
  for (const [i, rows] of files.entries()) {
    test.clock.set(`2026-11-2${i}T15:00:00Z`)
    const file = writeInput(`file${i}.csv`, [header, ...rows, ''].join('\n'))
    expect(await importFiles(test.lake, 'earnings_estimates', [file], {})).toMatchObject({ status: 'ok', error: null })
  }
  const before = derivedHashes(test.folder)
  await rebuild(test.lake, [])
  expect(derivedHashes(test.folder)).toEqual(before)
  await test.lake.refresh()
  const rows = await test.lake.engine.rows<{ value: number; known_at: string; known_basis: string }>(
    'select value, known_at, known_basis from earnings_estimates order by known_at',
  )
  return rows.map(({ value, known_at, known_basis }) => [value, known_at.slice(0, 10), known_basis])
}
const [march, april, may] = ['2025-03-01', '2025-04-01', '2025-05-01'] as const
const three = [
  [2, march, 'published'],
  [2.2, april, 'published'],
  [2.5, may, 'published'],
]

it.each([
  ['one file, newest first', [[row(2.5, may), row(2.2, april), row(2, march)]]],
  ['one file each', [[row(2, march)], [row(2.2, april)], [row(2.5, may)]]],
  ['the oldest last', [[row(2.5, may)], [row(2.2, april)], [row(2, march)]]],
  [
    'files that overlap',
    [
      [row(2, march), row(2.5, may)],
      [row(2, march), row(2.2, april), row(2.5, may)],
    ],
  ],
])('vintages keep their instants: %s', { timeout: 240_000 }, async (_, files) => {
  expect(await vintagesAfter(...files)).toEqual(three)
})

it('a repeated value is not a vintage, but counts once another one lies between', async () => {
  expect(await vintagesAfter([row(2, march), row(2, may)], [row(2.2, april)])).toEqual([
    [2, march, 'published'],
    [2.2, april, 'published'],
    [2, may, 'published'],
  ])
})

it('another value for the same instant was seen with its import, unless a later instant is known', async () => {
  expect(await vintagesAfter([row(2, march)], [row(2.1, march)])).toEqual([
    [2, march, 'published'],
    [2.1, '2026-11-21', 'observed'],
  ])
  expect(await vintagesAfter([row(2, march), row(2.2, april)], [row(2.1, march), row(2.2, april)])).toEqual([
    [2, march, 'published'],
    [2.2, april, 'published'],
  ])
  expect(await vintagesAfter([row(2, march)], [row(2.1, march)], [row(2, march)])).toEqual([
    [2, march, 'published'],
    [2.1, '2026-11-21', 'observed'],
    [2, '2026-11-22', 'observed'],
  ])
})
