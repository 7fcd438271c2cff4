/** The command line. Its commands are those of `commands/index.ts`. */
import { Command, CommanderError } from 'commander'
import { defaultStack } from '../core/deployment.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { version } from '../core/version.ts'
import { LookAheadError } from '../schemas/view.ts'
import { commandsFor } from './commands/index.ts'
import { commandGroups } from './commands/list.ts'
import { exitCodes } from './exit.ts'
import { overview } from './help.ts'
import { pasteable, pasteableHelp } from './invocation.ts'
import { outliveReaders, say, tell } from './output.ts'

const program = new Command('precursor')
  .description('A point-in-time lake of US-equity crash precursors.')
  .option('--lake <dir>', 'folder of the lake (or PRECURSOR_LAKE)', process.env.PRECURSOR_LAKE || 'lake')
  .option('--aws', 'use AWS instead of a folder (or PRECURSOR_AWS=1)', Boolean(process.env.PRECURSOR_AWS))
  .option('--stack <name>', 'name of the deployment (or PRECURSOR_STACK)', process.env.PRECURSOR_STACK || defaultStack)
  .option('--universe <file>', 'what to follow (or PRECURSOR_UNIVERSE)')
  .option('--json', 'log as JSON lines on stderr')
  .option('--verbose', 'log every step on stderr')
  .version(version, '-V, --version', 'print the version')
  .addHelpCommand(new Command('help').argument('[command]'))
  .showHelpAfterError(pasteable('(`precursor --help` lists the commands and options)'))
  .enablePositionalOptions(false)
  .exitOverride()

outliveReaders()
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error: unknown) => {
    tell(`${pasteable(messageOf(error))}\n`)
    process.exit(exitCodes.failed)
  })
program.configureOutput({ writeOut: (text) => say(pasteableHelp(text)), writeErr: tell })

program.configureHelp({ showGlobalOptions: true })
for (const command of await commandsFor(process.argv.slice(2)))
  program.addCommand(command.copyInheritedSettings(program))
// Only the program itself shows all commands: its commands have taken over the settings above.
program.configureHelp({ formatHelp: (command) => overview(command, commandGroups) })

// Work that never settles ends the process too: that is a failure until a command has come to its end.
let isDone = false
process.once('exit', () => {
  if (!isDone && process.exitCode !== exitCodes.stopped) process.exitCode = exitCodes.failed
})

try {
  await program.parseAsync()
  isDone = true
} catch (error) {
  isDone = true
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  else {
    // Who names a predictor that looks ahead asks for something impossible too.
    const isUsage = error instanceof UsageError || error instanceof LookAheadError
    // Wrong usage begins as the errors of commander do.
    const message = isUsage ? messageOf(error).replace(/^(UsageError|LookAheadError)/, 'error') : messageOf(error)
    tell(`${pasteable(message)}\n`)
    process.exitCode = isUsage ? exitCodes.usage : exitCodes.failed
  }
}
