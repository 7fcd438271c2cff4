/** What is built for a deployment, under `build/`. A folder appears whole or not at all, whoever makes it at the same time. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

/** The folder of that name, filled unless it is there. The name says what is in it. */
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
