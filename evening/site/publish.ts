/** Writes the pages of a site that have changed to the place where it is read. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { makeSite, type SiteOptions } from './site.ts'

/** A folder or a bucket with a site. */
export interface SitePlace {
  /** Fingerprints of the evenings whose pages are there. */
  earlier(): Promise<Readonly<Record<string, string>>>
  /** Writes a file unless it is there with this text. Returns whether it was written. */
  write(path: string, text: string): Promise<boolean>
  /** Comes last: an interrupted call then writes its pages again. */
  finish(fingerprints: Readonly<Record<string, string>>): Promise<void>
}

/** File with the fingerprints. */
export const fingerprintsFile = 'site.json'

export interface Published {
  readonly evenings: number
  /** Paths that were written. */
  readonly written: readonly string[]
}

export const publishSite = async (
  lake: Lake,
  options: Omit<SiteOptions, 'earlier'>,
  place: SitePlace,
): Promise<Published> => {
  const site = await makeSite(lake, { ...options, earlier: await place.earlier() })
  const written: string[] = []
  for await (const { path, text } of site.files) if (await place.write(path, text)) written.push(path)
  await place.finish(site.fingerprints)
  return { evenings: site.evenings, written }
}
