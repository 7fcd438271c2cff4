/** Lakes whose engine is locked: it reads no file outside of silver, writes none that a statement names and takes no settings. */
import { quoted } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import { refreshed } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { type LakeOptions, openPart } from '../../pipeline/lake/open.ts'
import { allRelations } from '../../schemas/relations.ts'

/** Opens the lake as of an instant, or of today, and locks its engine after the views are defined. */
export const openLocked = async (
  platform: Platform,
  universe: Universe,
  memory: string,
  options: Pick<LakeOptions, 'asOf' | 'instants'> = {},
): Promise<Lake> => {
  const lake = await openPart(platform, universe, allRelations, { memory, calendar: false, ...options })
  await refreshed(lake)
  for (const setting of [
    `set allowed_directories = [${quoted(`${platform.store.readableFolder}/`)}]`,
    "set max_temp_directory_size = '2GB'",
    'set enable_external_access = false',
    'set lock_configuration = true',
  ])
    await lake.engine.run(setting)
  return lake
}
