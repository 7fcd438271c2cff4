/** What the tabulator key completes: commands of the shell, saved queries, tables and views, and columns of those in the line. */
import { queries } from '../../schemas/queries/index.ts'
import { allRelations } from '../../schemas/relations.ts'

export const shellCommands = [
  '\\asof',
  '\\d',
  '\\format',
  '\\h',
  '\\pager',
  '\\q',
  '\\records',
  '\\saved',
  '\\timing',
] as const

const keywords =
  'select from where group by order having limit join left on with as and or not in is null between case when then else end distinct union all desc asc over partition'.split(
    ' ',
  )

const columnsIn = (line: string): string[] => {
  const words = new Set(line.toLowerCase().match(/\w+/g))
  return allRelations.filter(({ name }) => words.has(name)).flatMap(({ columns }) => Object.keys(columns))
}

/** The completions of the last word of a line, and that word. */
export const completionsOf = (line: string, statement = line): [completions: string[], word: string] => {
  const word = /\\?[\w]*$/.exec(line)![0]
  if (word.startsWith('\\')) return [shellCommands.filter((each) => each.startsWith(word)), word]
  const names = allRelations.map(({ name }) => name)
  const isFirst = line.trim() === word
  const afterFrom = /\b(?:from|join)\s+\w*$/i.test(line) || /^\\d\s+\w*$/.test(line)
  const found = afterFrom
    ? names
    : [...columnsIn(statement), ...names, ...keywords, ...(isFirst ? queries.map(({ name }) => name) : [])]
  const small = word.toLowerCase()
  return [[...new Set(found)].filter((each) => each.startsWith(small) && small !== ''), word]
}
