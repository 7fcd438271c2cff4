/** Files beside the user: those of the working folder, and the program that the shell finds. */
import { existsSync, realpathSync } from 'node:fs'

/** A file of the working folder, if it is there. */
export const workingFile = (name: string): string | undefined => (existsSync(name) ? name : undefined)

/** Whether two paths lead to one file. */
export const isSameFile = (one: string, other: string): boolean => {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}
