/** Folders that many test files read: each is filled once in a test run, by the first test that asks for it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { inject } from 'vitest'

const waitMs = 200

/** A folder that is filled once in a test run. */
export const filledOnce = async (name: string, fill: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(inject('sharedLakes'), name)
  const [done, failed] = [`${folder}.done`, `${folder}.failed`]
  if (!existsSync(done) && isFirst(folder)) {
    try {
      await fill(folder)
      writeFileSync(done, '')
    } catch (error) {
      writeFileSync(failed, String((error as Error).stack))
      throw error
    }
  }
  await untilThere(done, failed, `the shared folder ${name} could not be filled`)
  return folder
}

/** Waits for the file `done`. Fails with the text of the file `failed` if that comes first. */
export const untilThere = async (done: string, failed: string, what: string): Promise<void> => {
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error(`${what}: ${readFileSync(failed, 'utf8')}`)
    await setTimeout(waitMs)
  }
}

/** Only one of several workers can make the folder. */
const isFirst = (folder: string): boolean => {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
