/** `precursor timetable`: macro releases that are due, overdue or published, as known at an instant. */
import type { Command } from 'commander'
import { requireTimetabled, timetableAt } from '../../pipeline/runs/timetable.ts'
import { asOfInstant, asOfOption } from '../as-of.ts'
import { instantOf } from '../instant.ts'
import { printRows } from '../print.ts'
import { optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

interface TimetableOptions {
  readonly at?: string
  readonly asOf?: string
  readonly release?: string
  readonly format: string
}

export const timetableCommand = () =>
  commandNamed('timetable')
    .option('--at <instant>', 'the same as --as-of')
    .option('--as-of <instant>', `${asOfOption[1]} (default: now)`)
    .option('--release <name>', 'only this release')
    .option('--format <format>', 'table, csv or json', 'table')
    .addHelpText('after', '\nExample:\n  precursor timetable --as-of 2025-11-20T13:29:59Z')
    .action(({ at, asOf, release, format }: TimetableOptions, command: Command) =>
      readingLake(optionsOf(command), async (lake) => {
        const instant = asOf ? asOfInstant(asOf) : at ? instantOf('--at', at) : lake.platform.now()
        if (release !== undefined) requireTimetabled(release)
        const rows = await timetableAt(lake, instant, release)
        const columns = [
          'release',
          'reference_period',
          'status',
          'first_scheduled_at',
          'scheduled_at',
          'released_at',
          'delay_days',
          'overdue_days',
        ]
        printRows(rows as never, columns, format)
      }),
    )
