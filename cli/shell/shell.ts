/** The shell of `precursor sql`: takes lines, gives texts. A statement ends with a semicolon or an empty line. */

import type { Answer } from '../../core/engine.ts'
import { messageOf, UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { asOfInstant } from '../as-of.ts'
import { describeRelation, listRelations, savedQueries } from '../desk/describe.ts'
import { textOf } from '../print.ts'
import { queryIn, withSuggestion } from '../query-text.ts'
import { shellCommands } from './completion.ts'
import { type Records, shownAs } from './records.ts'

export interface ShellOptions {
  /** Answers a statement, as of an instant if one is set. */
  readonly ask: (statement: string, asOf: Date | undefined) => Promise<Answer>
  readonly asOf?: Date
  /** Milliseconds of a clock, for the timing. */
  readonly clock: () => number
  /** Columns of the terminal. */
  readonly width: () => number
}

/** Rows are shown by a pager if they are too long or too wide, other texts only if they are too long. */
export type PagedBy = 'size' | 'height'

export interface Shell {
  /** The text that follows a line. Undefined ends the shell. */
  take(line: string): Promise<string | undefined>
  /** What is asked for next: the beginning of a statement, or the rest of one. */
  prompt(): string
  /** The lines of a statement that has not ended. */
  pending(): string
  /** Forgets the lines of a statement that has not ended. */
  forget(): void
  /** By what the last text must be larger than the terminal to be shown by a pager. Undefined for an error, or without a pager. */
  pagedBy(): PagedBy | undefined
}

const help = `\\d [name]         tables and views, or the columns of one
\\saved            the saved queries; their names are statements
\\asof [instant]   answer as an instant knew it; without an instant: as of now
\\format [name]    table, csv or json
\\records [state]  on, off, or auto: rows that are too wide become records
\\pager            switch the pager for answers larger than the terminal on or off (PRECURSOR_PAGER, PAGER)
\\timing           switch the timing of statements on or off
\\q                end (also Ctrl-D)
A statement ends with a semicolon or an empty line. Ctrl-C stops it.
`

/** The shell writes no files. */
const writingHint = ': the shell only reads. `precursor query … --output FILE` and `precursor export` write files'

const rowsText = (rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): string =>
  textOf({ columns, rows: rows.map((row) => columns.map((name) => (row[name] ?? null) as never)) }, 'table')

const switched = (states: readonly string[], what: string, given: string): string => {
  if (!states.includes(given)) throw unknownName(what, given, states)
  return given
}

export const openShell = ({ ask, asOf: begin, clock, width }: ShellOptions): Shell => {
  let asOf = begin
  let format = 'table'
  let records: Records = 'auto'
  let isTimed = true
  let isPaged = true
  let said: 'rows' | 'text' | 'error' = 'text'
  let lines: string[] = []

  const commands: Readonly<Record<(typeof shellCommands)[number], (word: string) => string | undefined>> = {
    '\\d': (name) => {
      if (!name) return rowsText(listRelations(), ['name', 'kind', 'doc'])
      const { doc, grain, columns } = describeRelation(name)
      return `${doc}\nGrain: ${grain.join(', ')}\n${rowsText(columns, ['name', 'type', 'unit', 'doc'])}`
    },
    '\\saved': () => rowsText(savedQueries(), ['name', 'doc']),
    '\\asof': (text) => {
      asOf = text ? asOfInstant(text) : undefined
      return `as of ${asOf?.toISOString() ?? 'now'}\n`
    },
    '\\format': (name) => {
      if (name) format = switched(['table', 'csv', 'json'], 'format', name)
      return `format ${format}\n`
    },
    '\\records': (state) => {
      if (state) records = switched(['on', 'off', 'auto'], 'state', state) as Records
      return `records ${records}\n`
    },
    '\\pager': () => {
      isPaged = !isPaged
      return `pager ${isPaged ? 'on' : 'off'}\n`
    },
    '\\timing': () => {
      isTimed = !isTimed
      return `timing ${isTimed ? 'on' : 'off'}\n`
    },
    '\\h': () => help,
    '\\q': () => undefined,
  }

  const runCommand = (line: string): string | undefined => {
    const [name = '', word = ''] = line.split(/\s+/, 2)
    const command = shellCommands.find((each) => each === name)
    if (!command) throw new UsageError(`no command ${name}; \\h lists them`)
    return commands[command](word.replace(/;$/, ''))
  }

  const runStatement = async (statement: string): Promise<string> => {
    const started = clock()
    const answer = await ask(queryIn(statement, writingHint), asOf).catch((error: Error) => {
      throw withSuggestion(error)
    })
    const text = shownAs(answer, format, records, width())
    return isTimed ? `${text}${((clock() - started) / 1000).toFixed(3)} s\n` : text
  }

  return {
    take: async (given) => {
      const line = given.trim()
      said = 'text'
      try {
        if (lines.length === 0 && line === '') return ''
        if (lines.length === 0 && line.startsWith('\\')) return runCommand(line)
        if (line !== '') lines.push(given)
        const isSaved = lines.length === 1 && savedQueries().some(({ name }) => name === line)
        if (line !== '' && !line.endsWith(';') && !isSaved) return ''
        const statement = lines.join('\n')
        lines = []
        const text = await runStatement(statement)
        said = 'rows'
        return text
      } catch (error) {
        lines = []
        said = 'error'
        const message = messageOf(error)
        if (/^INTERRUPT/.test(message)) return 'stopped\n'
        return `${message.replace(/^UsageError: /, '')}\n`
      }
    },
    prompt: () => (lines.length > 0 ? '      -> ' : 'precursor> '),
    pending: () => lines.join('\n'),
    forget: () => {
      lines = []
    },
    pagedBy: () => (isPaged && said !== 'error' ? (said === 'rows' ? 'size' : 'height') : undefined),
  }
}
