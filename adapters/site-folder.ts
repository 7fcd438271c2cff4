/** The folder of a static site. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SitePlace } from '../evening/site/publish.ts'
import { makeFolder } from './durable.ts'

export const siteInFolder = (folder: string): SitePlace => {
  const fileOf = (path: string) => join(folder, path)
  const has = (path: string) => existsSync(fileOf(path))
  const read = (path: string) => readFile(fileOf(path), 'utf8')
  return {
    has,
    read,
    write: async (path, text) => {
      if (has(path) && (await read(path)) === text) return false
      await makeFolder(dirname(fileOf(path)))
      await writeFile(fileOf(path), text)
      return true
    },
  }
}
