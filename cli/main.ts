/** The command line: one command per verb of the pipeline. */
import { Command, CommanderError } from 'commander'
import { defaultStack } from '../core/deployment.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { describeCommand } from './commands/describe.ts'
import { doctorCommand } from './commands/doctor.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { gapsCommand } from './commands/gaps.ts'
import { importCommand } from './commands/import.ts'
import { ingestCommand } from './commands/ingest.ts'
import { queryCommand } from './commands/query.ts'
import { reportCommand } from './commands/report.ts'
import { startCommand } from './commands/start.ts'
import { stepCommands } from './commands/steps.ts'
import { timetableCommand } from './commands/timetable.ts'
import { watchCommand } from './commands/watch.ts'
import { exitCodes } from './exit.ts'

const program = new Command('precursor')
  .description('A point-in-time lake of US-equity crash precursors.')
  .option('--lake <dir>', 'folder of the lake (or PRECURSOR_LAKE)', process.env.PRECURSOR_LAKE || 'lake')
  .option('--aws', 'the deployment on AWS instead of a folder (or PRECURSOR_AWS=1)', Boolean(process.env.PRECURSOR_AWS))
  .option('--stack <name>', 'name of the deployment (or PRECURSOR_STACK)', process.env.PRECURSOR_STACK || defaultStack)
  .option('--universe <file>', 'symbols, funds, filers and series to follow (or PRECURSOR_UNIVERSE)')
  .option('--json', 'log as JSON lines on stderr')
  .option('--verbose', 'log what happens on stderr')
  .showHelpAfterError()
  .enablePositionalOptions(false)
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes: 0 all landed, 2 landed with rejections, 1 failed, ${exitCodes.usage} wrong usage.

Examples:
  precursor start                      the bundled sample, in a minute
  precursor run                        this evening, from the live sources
  precursor query "select * from crash_precursors order by session desc limit 5"
  precursor --aws run                  the same evening, by the state machine of a deployment`,
  )

for (const command of [
  startCommand(),
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
]) {
  program.addCommand(command.exitOverride().showHelpAfterError())
}

// Work that never settles ends the process too: that is a failure until a command has come to its end.
let isDone = false
process.once('exit', () => {
  if (!isDone) process.exitCode = exitCodes.failed
})

try {
  await program.parseAsync()
  isDone = true
} catch (error) {
  isDone = true
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.failed
  }
}
