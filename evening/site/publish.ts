/** Writes the pages of a site that have changed to the place where it is read. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Staleness } from '../staleness.ts'
import { eveningFile, makeSite, type SiteOptions } from './site.ts'

/** A folder or a bucket with the files of a site. */
export interface SitePlace {
  has(path: string): boolean
  /** The text of a file that is there. */
  read(path: string): Promise<string>
  /** Writes a file unless it is there with this text. Returns whether it was written. */
  write(path: string, text: string): Promise<boolean>
}

/** File with the fingerprints. */
const fingerprintsFile = 'site.json'

export interface Published {
  readonly evenings: number
  /** Paths that were written. */
  readonly written: readonly string[]
  /** Set if the lake is behind the exchange. */
  readonly stale?: Staleness
}

/** Fingerprints of the evenings whose pages are there. */
export const earlierIn = async (place: SitePlace): Promise<Readonly<Record<string, string>>> => {
  if (!place.has(fingerprintsFile)) return {}
  const found = JSON.parse(await place.read(fingerprintsFile)) as Record<string, string>
  return Object.fromEntries(Object.entries(found).filter(([session]) => place.has(eveningFile(session))))
}

/** Comes last, so that after an interrupted call the pages are written again. */
export const finishIn = async (place: SitePlace, fingerprints: Readonly<Record<string, string>>): Promise<void> => {
  await place.write(fingerprintsFile, JSON.stringify(fingerprints))
}

export const publishSite = async (
  lake: Lake,
  options: Omit<SiteOptions, 'earlier'>,
  place: SitePlace,
): Promise<Published> => {
  const site = await makeSite(lake, { ...options, earlier: await earlierIn(place) })
  const written: string[] = []
  for await (const { path, text } of site.files) if (await place.write(path, text)) written.push(path)
  await finishIn(place, site.fingerprints)
  const { evenings, stale } = site
  return { evenings, written, ...(stale ? { stale } : {}) }
}
