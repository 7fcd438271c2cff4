/** Answers that hold the whole history of what they are about: only the years with a new or another row are written. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ingestPayload } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import { sourceNamed } from '../../../sources/index.ts'
import { derivedHashes, openTestLake, writeInput } from '../../support/lake.ts'

const header = 'DATE,OPEN,HIGH,LOW,CLOSE\n'
const history = [
  '12/30/2022,21,22,20,21.67',
  '01/03/2023,22,23,21,22.90',
  '12/29/2023,12,13,11,12.45',
  '01/02/2024,13,14,12,13.20',
]

it('an answer with one new row writes its year, a corrected row writes its year too, and a rebuild gives the same bytes', async () => {
  const { lake, folder, clock } = await openTestLake({ at: '2024-01-03T01:00:00Z' })
  const land = async (at: string, rows: readonly string[]) => {
    clock.set(at)
    const file = writeInput('VIX.csv', `${header}${rows.join('\n')}\n`)
    return ingestPayload(lake, sourceNamed('cboe_volatility'), file, { key: 'VIX' })
  }
  const written = (year: number) =>
    statSync(join(folder, 'silver/volatility_indices', `year=${year}`, 'data.parquet'), { bigint: true }).mtimeNs
  const years = [2022, 2023, 2024]

  expect(await land('2024-01-03T01:00:00Z', history)).toMatchObject({ status: 'ok', rowCount: 4 })
  const first = years.map(written)

  const withNew = [...history, '01/03/2024,13,15,13,14.04']
  expect(await land('2024-01-04T01:00:00Z', withNew)).toMatchObject({ status: 'ok', rowCount: 5, hasNews: true })
  expect(years.filter((year, i) => written(year) !== first[i])).toEqual([2024])

  expect(await land('2024-01-04T02:00:00Z', withNew)).toMatchObject({ status: 'ok', rowCount: 5, hasNews: false })

  const second = years.map(written)
  const corrected = withNew.map((row) => row.replace('22.90', '22.91'))
  expect(await land('2024-01-05T01:00:00Z', corrected)).toMatchObject({ hasNews: true })
  expect(years.filter((year, i) => written(year) !== second[i])).toEqual([2023])

  // The merge compares a corrected row with its last vintage.
  expect(await land('2024-01-06T01:00:00Z', corrected)).toMatchObject({ hasNews: false })
  expect(await land('2024-01-07T01:00:00Z', withNew)).toMatchObject({ hasNews: true })

  await lake.refresh()
  const vintages = await lake.engine.rows(
    `select close, cast(known_at as varchar) as known_at from volatility_indices where session = date '2023-01-03' order by known_at`,
  )
  expect(vintages.map(({ close }) => close)).toEqual([22.9, 22.91, 22.9])

  const before = derivedHashes(folder)
  await rebuild(lake, ['cboe_volatility'])
  expect(derivedHashes(folder)).toEqual(before)
  await lake.close()
})
