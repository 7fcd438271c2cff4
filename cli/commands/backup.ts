/** `precursor backup` and `precursor restore`: a lake as a copy in another folder, verified. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { copyLake } from '../../adapters/copy-lake.ts'
import { requireBackupFolder, requireLakeFolder } from '../../adapters/local-folder.ts'
import { markFinished, type Unfinished } from '../../adapters/unfinished-copy.ts'
import { UsageError } from '../../core/errors.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { publish } from '../../pipeline/publish/publish.ts'
import { exitCodes } from '../exit.ts'
import { verification } from '../integrity-findings.ts'
import { say, writingInto } from '../output.ts'
import { type GlobalOptions, optionsOf, watching, withLake } from '../session.ts'
import { commandNamed } from './list.ts'

const refuseAws = ({ aws }: GlobalOptions): void => {
  if (aws) throw new UsageError('the bucket of a deployment keeps versions itself: remove --aws')
}

/** Opens a copy, also while it is marked as unfinished. */
const inCopy = <T>(options: GlobalOptions, work: (lake: Lake) => Promise<T>): Promise<T> =>
  withLake(options, work, { need: 'unfinished' })

/** Compares every object of the copy with the hash that was recorded when it was written. False if one differs. */
const verify = async (lake: Lake): Promise<boolean> => {
  const findings = await verification(lake)
  for (const { mark, text } of findings) say(`${mark.padEnd(5)} ${text}\n`)
  const isSound = findings.every(({ mark }) => mark !== 'bad')
  if (!isSound) process.exitCode = exitCodes.failed
  return isSound
}

/** Copies a lake and verifies the copy. It stays marked as unfinished. False if the lake changed so that the copy does not fit together. */
const copy = async (
  command: Unfinished['command'],
  from: string,
  to: string,
  options: GlobalOptions,
): Promise<boolean> => {
  const isSettled = await watching(options, (progress) => writingInto(to, () => copyLake(command, from, to, progress)))
  say(`copied ${resolve(from)} to ${resolve(to)}\n`)
  const isSound = await inCopy({ ...options, lake: to }, verify)
  if (isSettled || isSound) return true
  say(`bad   ${resolve(from)} changed while it was copied: the same command copies what has changed since\n`)
  return false
}

const interrupted = 'A copy that was interrupted is marked as unfinished: the same command goes on with it.'

export const backupCommand = () =>
  commandNamed('backup')
    .addHelpText(
      'after',
      `\n${interrupted}\nA file that changes while it is copied is copied again. If the lake goes on to change, the copy stays unfinished.\n\nExample:\n  precursor backup /mnt/disk/lake-2025-11-20`,
    )
    .action(async (folder: string, _: unknown, command: Command) => {
      const options = optionsOf(command)
      refuseAws(options)
      await requireLakeFolder(options.lake)
      if (await copy('backup', options.lake, folder, options)) await markFinished(folder)
    })

export const restoreCommand = () =>
  commandNamed('restore')
    .addHelpText(
      'after',
      `\nThe lake must be empty or missing. ${interrupted}\n\nExample:\n  precursor --lake lake restore /mnt/disk/lake-2025-11-20`,
    )
    .action(async (folder: string, _: unknown, command: Command) => {
      const options = optionsOf(command)
      refuseAws(options)
      await requireBackupFolder(folder)
      if (!(await copy('restore', folder, options.lake, options))) return
      // A lake of an earlier version has a DuckDB file that names its old place.
      await inCopy(options, async (lake) => {
        for (const { subject, error } of await publish(lake)) if (error) say(`bad   ${subject}: ${error}\n`)
      })
      await markFinished(options.lake)
    })
