/** `precursor init`: writes the universe.json of the working folder, from a preset. */
import type { Command } from 'commander'
import { localPlatform } from '../../adapters/local.ts'
import { workingFile } from '../../adapters/working-folder.ts'
import { UsageError } from '../../core/errors.ts'
import { parseUniverse, presetNames, presetUniverse } from '../../core/universe.ts'
import { commandLine } from '../invocation.ts'
import { say, writeOutput } from '../output.ts'
import { optionsOf } from '../session.ts'
import { commandNamed } from './list.ts'

interface InitOptions {
  readonly preset: string
  readonly contact?: string
  readonly force?: boolean
}

const file = 'universe.json'

/** The universe as a file that people edit: a list on one line, unless it is long. */
const textOf = (universe: object): string =>
  `${JSON.stringify(universe, null, 2).replaceAll(/\[[^[\]{}]*\]/g, (list) => {
    const line = list.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')
    return line.length > 100 ? line.replaceAll(/(.{80,100}?,) /g, '$1\n    ') : line
  })}\n`

export const initCommand = () =>
  commandNamed('init')
    .option('--preset <name>', `what to follow: ${presetNames.join(', ')}`, 'default')
    .option('--contact <text>', 'your name and e-mail address, which the SEC asks for')
    .option('--force', `replace a ${file} that is there`)
    .addHelpText(
      'after',
      `
A key that is missing from ${file} has the value of its preset ("preset": "minimal", for example).

Examples:
  precursor init
  precursor init --preset minimal
  precursor init --preset sp500 --contact "Jane Doe jane@example.com"`,
    )
    .action(async ({ preset, contact = '', force }: InitOptions, command: Command) => {
      const text = textOf({ ...presetUniverse(preset), contact })
      const { etfs, stocks, indices, releases } = parseUniverse(text, '--contact or --preset')
      if (workingFile(file) && !force) throw new UsageError(`${file} is there already: change it, or add --force`)
      await writeOutput(localPlatform({ lake: optionsOf(command).lake }), file, Buffer.from(text))
      const count = etfs.length + stocks.length + indices.length
      say(`${file}: ${count} symbols and ${releases.length} macro releases, from the preset ${preset}\n`)
      if (!contact) say('Set "contact" to your name and e-mail address: the SEC sources need it.\n')
      say(`Next: ${commandLine('doctor')} checks it, ${commandLine('run')} runs the last evening.\n`)
    })
