/** The folder of a static site. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fingerprintsFile, type SitePlace } from '../evening/site/publish.ts'

export const siteInFolder = (folder: string): SitePlace => {
  const write = async (path: string, text: string): Promise<boolean> => {
    const file = join(folder, path)
    if (existsSync(file) && (await readFile(file, 'utf8')) === text) return false
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return true
  }
  return {
    earlier: async () => {
      const file = join(folder, fingerprintsFile)
      if (!existsSync(file)) return {}
      const found = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
      return Object.fromEntries(
        Object.entries(found).filter(([session]) => existsSync(join(folder, 'evening', `${session}.html`))),
      )
    },
    write,
    finish: async (fingerprints) => {
      await write(fingerprintsFile, JSON.stringify(fingerprints))
    },
  }
}
