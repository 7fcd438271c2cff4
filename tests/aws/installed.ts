/** Tells which programs this machine has, and names the folder into which the tests install other ones. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Folder of what is installed for these tests. */
export const cache = fileURLToPath(new URL('../../.cache', import.meta.url))

export const works = (command: string, ...args: string[]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
