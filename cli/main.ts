/** The command line. Its commands are those of `commands/index.ts`. */
import { Command, CommanderError } from 'commander'
import { defaultStack } from '../core/deployment.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { commandsFor } from './commands/index.ts'
import { exitCodes } from './exit.ts'
import { outliveReaders, say, tell } from './output.ts'

const program = new Command('precursor')
  .description('A point-in-time lake of US-equity crash precursors.')
  .option('--lake <dir>', 'folder of the lake (or PRECURSOR_LAKE)', process.env.PRECURSOR_LAKE || 'lake')
  .option(
    '--aws',
    'use the deployment on AWS instead of a folder (or PRECURSOR_AWS=1)',
    Boolean(process.env.PRECURSOR_AWS),
  )
  .option('--stack <name>', 'name of the deployment (or PRECURSOR_STACK)', process.env.PRECURSOR_STACK || defaultStack)
  .option('--universe <file>', 'JSON file with the symbols, funds, filers and series to follow (or PRECURSOR_UNIVERSE)')
  .option('--json', 'log as JSON lines on stderr')
  .option('--verbose', 'log every step on stderr')
  .showHelpAfterError()
  .enablePositionalOptions(false)
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes: ${exitCodes.ok} all landed, ${exitCodes.rejections} landed with rejections, ${exitCodes.failed} failed, ${exitCodes.usage} wrong usage.

Examples:
  precursor start                      play the bundled sample, in a minute
  precursor run                        run this evening from the live sources
  precursor query "select * from crash_precursors order by session desc limit 5"
  precursor --aws run                  run the same evening on a deployment`,
  )

outliveReaders()
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error: unknown) => {
    tell(`${messageOf(error)}\n`)
    process.exit(exitCodes.failed)
  })
program.configureOutput({ writeOut: say, writeErr: tell })

// The options of a command are not loaded for the help of all, so commander would leave "[options]" out.
program.configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
for (const command of await commandsFor(process.argv.slice(2)))
  program.addCommand(command.copyInheritedSettings(program))

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
    tell(`${messageOf(error)}\n`)
    process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.failed
  }
}
