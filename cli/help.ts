/** The help of all commands: one screen, with the commands in groups. The help of one command is commander's. */
import type { Argument, Command } from 'commander'
import { exitCodes } from './exit-codes.ts'

/** Column at which the texts begin. */
const textAt = 25

const row = (term: string, text: string): string => `  ${term.padEnd(textAt - 3)} ${text}`

const bracketed = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

const rowOf = (command: Command): string =>
  row([command.name(), ...command.registeredArguments.map(bracketed)].join(' '), command.summary())

/** The text of `precursor --help`. */
export const overview = (program: Command, groups: readonly string[]): string => {
  const { ok, rejections, failed, stale, usage, stopped } = exitCodes
  const lines = [
    'Usage: precursor [options] <command>',
    program.description(),
    ...groups.flatMap((group) => [
      `\n${group}`,
      ...program.commands.filter((command) => command.helpGroup() === group).map(rowOf),
    ]),
    '\nOptions',
    ...program.options.map(({ flags, description }) => row(flags, description)),
    row('-h, --help', 'this help; after a command, its options and examples'),
    `\nExit codes: ${ok} done, ${rejections} done with rows rejected, ${failed} something failed,\n${stale} the lake is behind the exchange, ${usage} wrong usage, ${stopped} stopped by Ctrl-C`,
  ]
  return `${lines.join('\n')}\n`
}
