/** The settings of the evening's signals and message: a named file, $PRECURSOR_WATCH, or watch.json of the working folder. */

import { workingFile } from '../adapters/working-folder.ts'
import type { Platform } from '../core/platform.ts'
import { parseWatch, type WatchSettings } from '../evening/message/config.ts'

export const configOption = [
  '--config <file>',
  'JSON file with the on/off levels of signals (default: $PRECURSOR_WATCH, then watch.json)',
] as const

export const watchSettings = async (platform: Platform, config: string | undefined): Promise<WatchSettings> => {
  const place = config ?? (process.env.PRECURSOR_WATCH || workingFile('watch.json'))
  if (place === undefined) return { language: 'en', levels: {} }
  return parseWatch(new TextDecoder().decode(await platform.readFile(place)), place)
}
