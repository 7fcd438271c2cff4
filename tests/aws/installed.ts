/** What is on this machine, and where tests install what is not. */
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
