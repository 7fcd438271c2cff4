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

interface Look {
  readonly width: number
  readonly colorScheme?: 'light' | 'dark'
}

export interface Opened {
  readonly page: Page
  /** Whatever the page said or asked for, besides itself. */
  readonly noise: readonly string[]
  /** Loads the file again with another look. A further page would be a further process of the browser. */
  loadAgain(look: Look): Promise<void>
}

const height = 900

export const openFile = async (browser: Browser, file: string, look: Look): Promise<Opened> => {
  const page = await browser.newPage({
    viewport: { width: look.width, height },
    colorScheme: look.colorScheme ?? 'light',
  })
  const noise: string[] = []
  const url = `file://${file}`
  page.on('console', (message) => noise.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`)
  })
  await page.goto(url)
  const loadAgain = async ({ width, colorScheme = 'light' }: Look) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    await page.goto(url)
  }
  return { page, noise, loadAgain }
}
