/** The mark of a copy of a lake that was begun and has not ended. It is written before anything else and removed last. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { shellWord } from '../core/shell-word.ts'
import { unlessMissing } from './durable.ts'

export const unfinishedMark = 'unfinished-copy.json'

export interface Unfinished {
  readonly command: 'backup' | 'restore'
  /** Absolute path of the folder that is copied. */
  readonly from: string
}

const fileIn = (folder: string) => join(folder, unfinishedMark)

export const markUnfinished = (folder: string, unfinished: Unfinished): Promise<void> =>
  writeFile(fileIn(folder), `${JSON.stringify(unfinished)}\n`)

export const markFinished = (folder: string): Promise<void> => rm(fileIn(folder), { force: true })

/** The unfinished copy that a folder holds. Its members are missing if the mark was interrupted itself. */
export const unfinishedIn = async (folder: string): Promise<Partial<Unfinished> | undefined> => {
  const text = await unlessMissing(readFile(fileIn(folder), 'utf8'))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Unfinished
  } catch {
    return {}
  }
}

/** The command that goes on with an unfinished copy. */
const again = (folder: string, { command, from }: Unfinished): string =>
  command === 'backup'
    ? `\`precursor --lake ${shellWord(from)} backup ${shellWord(folder)}\``
    : `\`precursor --lake ${shellWord(folder)} restore ${shellWord(from)}\``

/** Refuses a folder that holds an unfinished copy, and names the command that goes on with it. */
export const refuseUnfinished = async (folder: string): Promise<void> => {
  const found = await unfinishedIn(folder)
  if (found === undefined) return
  const { command, from } = found
  throw new UsageError(
    command && from
      ? `${folder} is an unfinished ${command} of ${from}: ${again(folder, { command, from })} goes on with it`
      : `${folder} is an unfinished copy of a lake: run the same backup or restore again`,
  )
}
