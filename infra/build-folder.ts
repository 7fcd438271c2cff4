/** Folders built for a deployment, under `build/`. A folder appears complete or not at all, even if two processes build it at once. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** The folder of that name, filled if it is not there yet. The name identifies the contents. */
export const madeOnce = (name: string, fill: (folder: string) => void): string => {
  const folder = join(projectFolder, 'build', name)
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const aside = mkdtempSync(`${folder}-`)
  fill(aside)
  try {
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
