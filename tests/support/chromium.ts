/** A real Chromium, and a page opened in it. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const executablePath = places.find((place) => place && existsSync(place))
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })

export interface Opened {
  readonly page: Page
  /** Whatever the page said or asked for, besides itself. */
  readonly noise: readonly string[]
}

export const openFile = async (
  browser: Browser,
  file: string,
  options: { width: number; colorScheme?: 'light' | 'dark' },
): Promise<Opened> => {
  const page = await browser.newPage({
    viewport: { width: options.width, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
  })
  const noise: string[] = []
  const url = `file://${file}`
  page.on('console', (message) => noise.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  return { page, noise }
}
