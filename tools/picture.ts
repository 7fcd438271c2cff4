/** `npm run picture`: docs/report.png, the report of the sample as a browser shows it. Needs Chromium and `npm start` before. */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localPlatform } from '../adapters/local.ts'
import { parseUniverse } from '../core/universe.ts'
import { report } from '../evening/html/report.ts'
import { openLake } from '../pipeline/lake/open.ts'
import { eventSession } from '../samples/pinned.ts'
import { openBrowser, openFile } from '../tests/support/chromium.ts'

const place = new URL('../samples/universe.json', import.meta.url)
const platform = localPlatform({ lake: 'sample-lake' })
const lake = await openLake(platform, parseUniverse(readFileSync(place, 'utf8'), 'samples/universe.json'))
const { html } = await report(lake, eventSession, { language: 'en' })
const file = join(tmpdir(), 'precursor-report.html')
await platform.writeScratch(file, Buffer.from(html))
await lake.close()

const browser = await openBrowser()
const { page } = await openFile(browser, file, { width: 1280 })
const first = (await page.locator('header').boundingBox())!
const bottom = Math.ceil(first.y + first.height)
await page.screenshot({
  path: fileURLToPath(new URL('../docs/report.png', import.meta.url)),
  clip: { x: 0, y: 0, width: 1280, height: bottom + 16 },
  fullPage: true,
})
await browser.close()
