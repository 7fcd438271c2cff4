/** Suites in a real Chromium: skipped, by name, where the machine has none; in CI its absence fails. */
import { describe } from 'vitest'
import { executablePath } from './chromium.ts'

export { openBrowser, openFile } from './chromium.ts'

if (!executablePath && process.env.CI) throw new Error('no Chromium: CI may not skip what is looked at in a browser')

export const describeBrowser = describe.skipIf(!executablePath)
