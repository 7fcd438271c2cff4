/** A lake whose stored views are stale: the evening and the report compute them once, and give the rows that the stored objects gave. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gatherReport } from '../../evening/html/gather-report.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { bar, land } from '../support/import.ts'
import { copyFolder, openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const staleCopyOf = (lake: string): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'precursor-stale-')), 'lake')
  copyFolder(lake, folder)
  rmSync(join(folder, 'state'), { recursive: true })
  return folder
}

it('rows that are held follow the objects', async () => {
  const { lake } = await openTestLake()
  const sessions = async () => {
    const rows = await lake.engine.rows<{ session: string }>('select session from daily_bars_as_known order by session')
    return rows.map(({ session }) => session)
  }
  await land(lake, 'daily_bars', [bar('2025-11-18')], { symbol: 'SPY', source: 'desk' })
  await lake.hold([crashPrecursors])
  expect(await sessions()).toEqual(['2025-11-18'])
  await land(lake, 'daily_bars', [bar('2025-11-19')], { symbol: 'SPY', source: 'desk' })
  expect(await sessions()).toEqual(['2025-11-18', '2025-11-19'])
  await lake.hold([crashPrecursors])
  await lake.refresh()
  expect(await sessions()).toEqual(['2025-11-18', '2025-11-19'])
  await lake.close()
})

it('a report gives the rows of the stored views', async () => {
  const fresh = await openTestLake({ folder: await episodeLake() })
  const stale = await openTestLake({ folder: staleCopyOf(await episodeLake()) })
  const exhibitsOf = async ({ lake }: typeof fresh) => {
    const { evening, sections, claims } = await gatherReport(lake, '2025-11-20', { language: 'en' })
    const rows = sections.flatMap(({ exhibits }) => exhibits.map(({ id, rows }) => ({ id, rows })))
    return { evening, rows, findings: claims.map(({ finding }) => finding) }
  }
  expect(await exhibitsOf(stale)).toEqual(await exhibitsOf(fresh))
})
