/** The folder of a static site, and the charting library that its pages load. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Fingerprints of the evenings that were written. */
const manifestName = 'site.json'

/** The charting library as it is installed. */
export const chartLibrary = async (): Promise<{ script: string; style: string }> => {
  const folder = dirname(createRequire(import.meta.url).resolve('uplot'))
  const [script, style] = await Promise.all(
    ['uPlot.iife.min.js', 'uPlot.min.css'].map((name) => readFile(join(folder, name), 'utf8')),
  )
  return { script: script!, style: style! }
}

/** Fingerprints from an earlier call. Those of a page that is gone do not count. */
export const earlierFingerprints = async (folder: string): Promise<Record<string, string>> => {
  const file = join(folder, manifestName)
  if (!existsSync(file)) return {}
  const found = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  return Object.fromEntries(
    Object.entries(found).filter(([session]) => existsSync(join(folder, 'evening', `${session}.html`))),
  )
}

/** Writes a file unless it has this text. Returns whether it was written. */
export const writeChanged = async (folder: string, path: string, text: string): Promise<boolean> => {
  const file = join(folder, path)
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) return false
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return true
}

/** Last of all: an interrupted call then writes its pages again. */
export const writeFingerprints = (folder: string, fingerprints: Readonly<Record<string, string>>): Promise<boolean> =>
  writeChanged(folder, manifestName, JSON.stringify(fingerprints))
