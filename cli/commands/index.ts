/** Every command, in the order of the help. */
import type { Command } from 'commander'
import { describeCommand } from './describe.ts'
import { doctorCommand } from './doctor.ts'
import { evaluateCommand } from './evaluate.ts'
import { gapsCommand } from './gaps.ts'
import { importCommand } from './import.ts'
import { ingestCommand } from './ingest.ts'
import { queryCommand } from './query.ts'
import { reportCommand } from './report.ts'
import { backfillCommand, runCommand } from './run.ts'
import { startCommand } from './start.ts'
import { rebuildCommand, stepCommands } from './steps.ts'
import { timetableCommand } from './timetable.ts'
import { watchCommand } from './watch.ts'

export const commands: readonly Command[] = [
  startCommand(),
  runCommand(),
  backfillCommand(),
  rebuildCommand(),
  ...stepCommands(),
  ingestCommand(),
  importCommand(),
  gapsCommand(),
  timetableCommand(),
  queryCommand(),
  reportCommand(),
  watchCommand(),
  evaluateCommand(),
  describeCommand(),
  doctorCommand(),
]
