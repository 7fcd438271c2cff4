/** The site of all evenings: whole, silent without a network, and written again only where something changed. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartLibrary, earlierFingerprints, writeChanged, writeFingerprints } from '../../../adapters/site-folder.ts'
import { rarity } from '../../../evening/gather/rarity.ts'
import { valuesSql } from '../../../evening/site/gather-site.ts'
import { historiesOf, raritiesOf } from '../../../evening/site/rarities.ts'
import { makeSite } from '../../../evening/site/site.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { signals } from '../../../schemas/signals.ts'
import { describeBrowser, openBrowser, openFile } from '../../support/browser.ts'
import { faintTexts, listOf, searchIn, sortBy, widthOf } from '../../support/in-page.ts'
import { newFolder, openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const event = '2025-11-20'
const evenings = 6

/** Writes the site as the command does. Returns the paths that were written. */
const writeSite = async (lake: Lake, folder: string): Promise<string[]> => {
  const library = await chartLibrary()
  const site = await makeSite(lake, { language: 'en', evenings, library, earlier: await earlierFingerprints(folder) })
  const written: string[] = []
  for await (const { path, text } of site.files) if (await writeChanged(folder, path, text)) written.push(path)
  await writeFingerprints(folder, site.fingerprints)
  return written
}

describe('the site of an empty lake', () => {
  it('says that there is no evening', async () => {
    const { lake } = await openTestLake()
    await lake.refresh()
    const folder = newFolder()
    await writeSite(lake, folder)
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('The lake holds no evening yet.')
    await lake.close()
  })
})

describe('the site of the sample', () => {
  let lake: Lake
  const folder = newFolder()
  let count: number
  let browser: Promise<Browser> | undefined
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
    await writeSite(lake, folder)
    count = Number((await lake.engine.rows('select count(*) as n from crash_precursors'))[0]!.n)
  })
  afterAll(async () => {
    await (await browser)?.close()
    await lake.close()
  })

  it('has a page for each of the latest evenings and for each signal', () => {
    expect(readdirSync(join(folder, 'evening'))).toHaveLength(evenings)
    expect(readdirSync(join(folder, 'signal')).sort()).toEqual(signals.map(({ column }) => `${column}.html`).sort())
  })

  it('is not written again if nothing changed, and only the page that is missing if one is', async () => {
    expect(await writeSite(lake, folder)).toEqual([])
    rmSync(join(folder, 'evening', '2025-11-19.html'))
    expect(await writeSite(lake, folder)).toEqual(['evening/2025-11-19.html'])
  })

  it('counts rarities as the query of one evening does', async () => {
    const found = raritiesOf(historiesOf(await lake.engine.rows(valuesSql.text)))
    for (const session of [event, '2025-04-04', '2024-06-03']) {
      const expected = (await lake.engine.rows(rarity.sql([session]).text)).map(({ session: _, ...row }) => row)
      const own = [...found.get(session)!].sort((a, b) => (a.signal < b.signal ? -1 : 1))
      expect(own.length).toBe(expected.length)
      for (const [i, row] of expected.entries()) expect(own[i], session).toEqual(row)
    }
  })

  describeBrowser('in a browser', () => {
    const open = async (page: string, width = 1280) => {
      browser ??= openBrowser()
      return openFile(await browser, join(folder, page), { width })
    }
    const fromElsewhere = (noise: readonly string[]) =>
      noise.filter((each) => !each.startsWith(`request: file://${folder}/`))

    it.each([
      'index.html',
      `evening/${event}.html`,
      'signal/vvix_close.html',
      'signals.html',
      'calendar.html',
      'dictionary.html',
    ])('%s loads nothing from elsewhere, fits a phone and can be read', async (name) => {
      const { page, noise } = await open(name, 390)
      expect(fromElsewhere(noise)).toEqual([])
      expect(await widthOf(page)).toBeLessThanOrEqual(390)
      expect(await faintTexts(page)).toEqual([])
      await page.close()
    })

    it('lists all evenings, finds them and sorts them', async () => {
      const { page } = await open('index.html')
      const all = await listOf(page)
      expect(all.count).toBe(count)
      expect(all.first).toBe(event)
      await searchIn(page, 'cook 2025-11')
      expect(await listOf(page)).toEqual({ count: 1, first: event })
      await searchIn(page, '')
      await sortBy(page, 0)
      expect((await listOf(page)).first).toBe('2024-04-16')
      await page.close()
    })

    it('draws the history of a signal', async () => {
      const { page } = await open('signal/vvix_close.html')
      expect(await page.locator('canvas').count()).toBe(1)
      await page.close()
    })
  })
})
