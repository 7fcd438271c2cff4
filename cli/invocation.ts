/** How the user started this command line, so that a command that it prints works when it is pasted. */
import { delimiter, dirname, join, relative } from 'node:path'
import { isSameFile } from '../adapters/working-folder.ts'
import { shellWord } from '../core/shell-word.ts'
import { projectFolder } from './project.ts'

/** The program of this command line. */
export const bin = join(projectFolder, 'bin', 'precursor.mjs')

/** Whether npx finds this program from a folder: it looks for the package of the folder, then upwards for installed ones. */
const isFoundByNpx = (folder: string): boolean =>
  folder === projectFolder.replace(/[/\\]$/, '') ||
  isSameFile(join(folder, 'node_modules', '.bin', 'precursor'), bin) ||
  (dirname(folder) !== folder && isFoundByNpx(dirname(folder)))

/**
 * The words that start this command line: `npx precursor` below npx or npm, `precursor` if the shell finds it, else node with
 * the path of the program. `npx precursor` would fetch a package of somebody else in a folder where this one is not installed.
 */
export const invocation = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  folder = process.cwd(),
): string => {
  // npm puts the commands of packages on the path of what it runs, not on that of the shell.
  const isBelowNpm = Boolean(env.npm_command)
  if (isBelowNpm && env.INIT_CWD === folder && isFoundByNpx(folder)) return 'npx precursor'
  const isOnPath = (env.PATH ?? '').split(delimiter).some((each) => each && isSameFile(join(each, 'precursor'), bin))
  if (!isBelowNpm && isOnPath) return 'precursor'
  const inside = relative(folder, bin)
  return `node ${shellWord(inside.startsWith('..') ? bin : inside)}`
}

/** The options that say which lake a command is for, as they were given. */
const place = (words: readonly string[]): string[] =>
  words.flatMap((word, i) => {
    if (word === '--aws') return [word]
    const [name = '', value] = word.split(/=(.*)/s)
    if (!['--lake', '--stack', '--universe'].includes(name)) return []
    const given = value ?? words[i + 1]
    return given === undefined ? [] : [`${name} ${shellWord(given)}`]
  })

/** A command of this program with its arguments, as the user can type it. */
export const commandLine = (rest: string, words: readonly string[] = process.argv.slice(2)): string => {
  const wanted = place(words).filter((each) => !rest.includes(each.split(' ')[0]!))
  return [invocation(), ...wanted, rest].join(' ')
}

/** A message in which the commands between backticks can be pasted. */
export const pasteable = (text: string): string =>
  text.replaceAll(/`precursor ([^`]*)`/g, (_, rest: string) => `\`${commandLine(rest)}\``)

/** Help in which the commands of the examples can be pasted. */
export const pasteableHelp = (text: string): string =>
  text.replaceAll(/(^ {2}|&& |\| )precursor (?=[a-z-])/gm, (_, before: string) => `${before}${invocation()} `)
