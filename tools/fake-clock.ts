/** A process whose clock begins at an instant, whose waits of a second or more take no time, and that has a network of its own. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The one response that every request gets. It is a history of VIX, so other sources refuse it. */
const vix = 'DATE,OPEN,HIGH,LOW,CLOSE\\n11/19/2025,22,28,19,23.66\\n11/20/2025,22,28,19,26.42\\n'

/** Programs below it begin at its instant, by way of the environment. */
const preload = (isReached: boolean) => `
  import { createRequire, syncBuiltinESMExports } from 'node:module'
  const real = Date
  let clock = Number(process.env.FAKE_NOW)
  const began = real.now()
  const now = () => clock + real.now() - began
  globalThis.Date = class extends real {
    constructor(...given) {
      if (given.length === 0) super(now())
      else super(...given)
    }
    static now = now
  }
  const timers = createRequire(import.meta.url)('node:timers/promises')
  const wait = timers.setTimeout
  timers.setTimeout = async (delay, value, options) => {
    if (delay < 1000) return wait(delay, value, options)
    clock += delay
    process.env.FAKE_NOW = String(now())
    return wait(0, value, options)
  }
  syncBuiltinESMExports()
  globalThis.fetch = async () => {
    ${isReached ? `return new Response('${vix}')` : `throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })`}
  }`

/** The environment of such a process. Its module is written into a folder. */
export const fakeClock = (folder: string, instant: string, { isReached = true } = {}): NodeJS.ProcessEnv => {
  const file = join(folder, 'fake-clock.mjs')
  writeFileSync(file, preload(isReached))
  return { FAKE_NOW: String(Date.parse(instant)), NODE_OPTIONS: `--import ${file}` }
}
