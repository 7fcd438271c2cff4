/** The files of the site, made when the first is asked for and again when the lake has changed or a day has passed. */
import { chartLibrary } from '../../adapters/chart-library.ts'
import { newYorkDate } from '../../calendar/sessions.ts'
import { makeSite } from '../../evening/site/site.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'

/** Latest evenings with a page of their own: as many as are made in some seconds. */
const evenings = 20

export const siteFiles = () => {
  let made: string | undefined
  let fingerprints: Readonly<Record<string, string>> = {}
  const files = new Map<string, string>()
  return async (lake: Lake, path: string): Promise<string | undefined> => {
    const { store, now } = lake.platform
    // The first page says how many sessions a stale lake is behind.
    const versions = JSON.stringify([newYorkDate(now()), ...(await store.versions('silver'))])
    if (made !== versions) {
      const site = await makeSite(lake, {
        language: 'en',
        evenings,
        library: await chartLibrary(),
        earlier: fingerprints,
      })
      for await (const file of site.files) files.set(file.path, file.text)
      fingerprints = site.fingerprints
      made = versions
    }
    return files.get(path)
  }
}
