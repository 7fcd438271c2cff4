/** The query page of `precursor serve` in a real browser: it asks, shows the rows, and draws them. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Listening, listen } from '../../adapters/listen.ts'
import { localPlatform } from '../../adapters/local.ts'
import { type Desk, openDesk } from '../../cli/desk/desk.ts'
import { serveApp } from '../../cli/serve/app.ts'
import { siteFiles } from '../../cli/serve/site.ts'
import { describeBrowser, openBrowser } from '../support/browser.ts'
import { sampleUniverse } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

describeBrowser('the query page', () => {
  let desk: Desk
  let server: Listening
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    desk = openDesk(localPlatform({ lake: await episodeLake(), environment: {} }), sampleUniverse)
    const app = serveApp(desk, { hosts: ['127.0.0.1'], nonce: () => 'abc', site: siteFiles() })
    server = await listen((request) => app.fetch(request), { host: '127.0.0.1', port: 0 })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
    await desk.close()
  })

  const open = async (hash = '') => {
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 } })
    const noise: string[] = []
    page.on('console', (message) => noise.push(message.text()))
    page.on('pageerror', (error) => noise.push(error.message))
    page.on('request', (request) => {
      if (new URL(request.url()).hostname !== '127.0.0.1' && !request.url().startsWith('data:'))
        noise.push(request.url())
    })
    await page.goto(`http://127.0.0.1:${server.port}/${hash}`)
    const ask = async (sql: string) => {
      await page.fill('#sql', sql)
      await page.click('button')
      await page.waitForFunction(() => !['', 'asking'].includes(document.getElementById('said')?.textContent ?? ''))
      return page.textContent('#said')
    }
    return { page, noise, ask }
  }
  const lines = `select session, basket, average_correlation_60, dispersion from basket_comovement order by session desc limit 200`

  it('draws a line for each kind, with the days below, and the chosen columns', async () => {
    const { page, noise, ask } = await open()
    expect(await ask(lines)).toMatch(/^200 rows, as of 20\d\d-.*Z, in \d+ ms$/)
    expect(await page.getAttribute('#chart', 'aria-label')).toBe('Chart of mega_caps, sectors by session')
    // Points of a colour of a line are on the canvas.
    const isDrawn = () =>
      page.evaluate(() => {
        const canvas = document.querySelector('canvas')!
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        let count = 0
        for (let i = 0; i < data.length; i += 4)
          if (data[i] === 0x25 && data[i + 1] === 0x63 && data[i + 2] === 0xeb) count++
        return count > 100
      })
    await expect.poll(isDrawn).toBe(true)
    await page.check('input[value=dispersion]')
    expect(await page.getAttribute('#chart', 'aria-label')).toContain('dispersion sectors')
    expect(await page.locator('#body tr').count()).toBe(200)
    expect(noise).toEqual([])
    await page.close()
  })

  it('draws rows without days by their labels, and nothing where there are no numbers', async () => {
    const { page, noise, ask } = await open()
    await ask('select year(session) as y, count(*) as n from daily_bars group by 1 order by 1')
    expect(await page.getAttribute('#chart', 'aria-label')).toBe('Chart of n by y')
    await ask("select signal, title from precursor_signals where session = date '2025-11-20'")
    expect(await page.isHidden('#figure')).toBe(true)
    expect(await ask('select nope from sessions')).toMatch(/nope/)
    expect(await ask("copy sessions to 'x.csv'")).toBe('a query answers with rows, and COPY does not')
    expect(noise.filter((each) => !each.includes('400 (Bad Request)'))).toEqual([])
    await page.close()
  })

  it('shows text of a feed as text', async () => {
    const { page, ask } = await open()
    await ask(`select '<img src=x onerror="document.title=1">' as t, 1 as x union all select '<script>', 2`)
    expect(await page.locator('#rows img, #rows script').count()).toBe(0)
    expect(await page.textContent('#body')).toContain('<img src=x')
    await page.close()
  })

  it('keeps the question in its address, and links to the answer in each format and to the site', async () => {
    const { page, ask } = await open()
    await page.fill('#as_of', '2025-11-19')
    await ask('select max(session) as s from daily_bars')
    expect(await page.textContent('#body')).toBe('2025-11-19')
    const again = await open(new URL(page.url()).hash)
    expect(await again.page.inputValue('#sql')).toBe('select max(session) as s from daily_bars')
    const csv = await page.getAttribute('a[data-format=csv]', 'href')
    const response = await fetch(`http://127.0.0.1:${server.port}${csv}`)
    expect(await response.text()).toBe('s\n2025-11-19\n')
    await page.click('text=Evenings')
    expect(await page.textContent('body')).toContain('2025-11-20')
    await page.close()
    await again.page.close()
  })
})
