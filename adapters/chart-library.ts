/** The charting library that the pages of the site load. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const names = ['uPlot.iife.min.js', 'uPlot.min.css'] as const

/** Its files as they are installed, by name. */
export const libraryFiles = (): Readonly<Record<string, string>> => {
  const folder = dirname(createRequire(import.meta.url).resolve('uplot'))
  return Object.fromEntries(names.map((name) => [name, join(folder, name)]))
}

/** Its script and its style. */
export const chartLibrary = async (files = libraryFiles()): Promise<{ script: string; style: string }> => {
  const [script, style] = await Promise.all(names.map((name) => readFile(files[name]!, 'utf8')))
  return { script: script!, style: style! }
}

/** Its files beside the code of a function. */
export const libraryIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, join(folder, name)]))
