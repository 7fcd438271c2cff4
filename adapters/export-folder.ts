/** The folder of an export: empty, missing, or with an earlier export that is replaced. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { makeFolder, unlessMissing } from './durable.ts'

const manifestName = 'manifest.json'

/** Makes sure that the folder may be written. The manifest of an earlier export is removed: until the new one is there, files may not fit. */
export const prepareExport = async (folder: string): Promise<void> => {
  const found = (await unlessMissing(readdir(folder))) ?? []
  if (found.length > 0 && !found.includes(manifestName))
    throw new UsageError(`${folder} is not empty and holds no earlier export: choose another folder`)
  await makeFolder(folder)
  await rm(join(folder, manifestName), { force: true })
}

/** Writes a file aside, then moves it to its name. Returns its size and hash. */
export const writeExported = async (
  folder: string,
  name: string,
  write: (path: string) => Promise<void>,
): Promise<{ readonly bytes: number; readonly sha256: string }> => {
  const partial = join(folder, `${name}.part`)
  await write(partial)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(partial)) hash.update(chunk as Uint8Array)
  const { size } = await stat(partial)
  await rename(partial, join(folder, name))
  return { bytes: size, sha256: hash.digest('hex') }
}

/** Written last: an export without it was interrupted. */
export const writeManifest = (folder: string, manifest: unknown): Promise<void> =>
  writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
