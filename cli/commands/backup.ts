/** `precursor backup` and `precursor restore`: a lake as a copy in another folder, verified. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { copyLake } from '../../adapters/copy-lake.ts'
import { requireBackupFolder, requireLakeFolder } from '../../adapters/local-folder.ts'
import { UsageError } from '../../core/errors.ts'
import { publish } from '../../pipeline/publish/publish.ts'
import { exitCodes } from '../exit.ts'
import { verification } from '../integrity-findings.ts'
import { say } from '../output.ts'
import { type GlobalOptions, optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

const refuseAws = ({ aws }: GlobalOptions): void => {
  if (aws) throw new UsageError('the bucket of a deployment keeps versions itself: remove --aws')
}

/** Compares every object of the copy with the hash that was recorded when it was written. */
const verify = (options: GlobalOptions): Promise<void> =>
  readingLake(options, async (lake) => {
    const findings = await verification(lake)
    for (const { mark, text } of findings) say(`${mark.padEnd(5)} ${text}\n`)
    if (findings.some(({ mark }) => mark === 'bad')) process.exitCode = exitCodes.failed
  })

export const backupCommand = () =>
  commandNamed('backup')
    .addHelpText(
      'after',
      '\nAn object that changes while it is copied is reported: run the backup again.\n\nExample:\n  precursor backup /mnt/disk/lake-2025-11-20',
    )
    .action(async (folder: string, _: unknown, command: Command) => {
      const options = optionsOf(command)
      refuseAws(options)
      await requireLakeFolder(options.lake)
      await copyLake(options.lake, folder)
      say(`copied ${resolve(options.lake)} to ${resolve(folder)}\n`)
      await verify({ ...options, lake: folder })
    })

export const restoreCommand = () =>
  commandNamed('restore')
    .addHelpText(
      'after',
      '\nThe lake must be empty or missing.\n\nExample:\n  precursor --lake lake restore /mnt/disk/lake-2025-11-20',
    )
    .action(async (folder: string, _: unknown, command: Command) => {
      const options = optionsOf(command)
      refuseAws(options)
      await requireBackupFolder(folder)
      await copyLake(folder, options.lake)
      say(`copied ${resolve(folder)} to ${resolve(options.lake)}\n`)
      await verify(options)
      // A lake of an earlier version has a DuckDB file that names its old place.
      await readingLake(options, async (lake) => {
        for (const { subject, error } of await publish(lake)) if (error) say(`bad   ${subject}: ${error}\n`)
      })
    })
