/** What a user asks for: SQL, a file with SQL, or the name of a saved query. Errors suggest the names that are there. */
import { UsageError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import type { Platform } from '../core/platform.ts'
import { queries } from '../schemas/queries/index.ts'
import { allRelations } from '../schemas/relations.ts'
import { refuseOtherThanQuery, statementOf } from './statement.ts'

const textIn = (file: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${file} is not text in UTF-8`)
  }
}

const relationNames = allRelations.map(({ name }) => name)
const queryNames = queries.map(({ name }) => name)

/** The SQL of a statement, which may be the name of a saved query. Refuses a statement that does not only read. */
export const queryIn = (text: string, hint = ': --output writes the rows to a file'): string => {
  const statement = statementOf(text)
  if (!statement) throw new UsageError('the text holds no query')
  const saved = queries.find(({ name }) => name === statement)
  if (saved) return saved.sql.text
  if (/^\w+$/.test(statement)) refuseWord(statement)
  refuseOtherThanQuery(statement, hint)
  return statement
}

/** A single word is the name of a saved query, except for SHOW and the like. */
const refuseWord = (word: string): void => {
  if (relationNames.includes(word))
    throw new UsageError(`${word} is a table or view, and not a saved query: ask "select * from ${word} limit 10"`)
  const near = nearest(word, queryNames)
  if (near) throw new UsageError(`no saved query ${word}; did you mean ${near}?`)
}

/** The SQL of the argument of `precursor query`: given, in a file that ends in .sql, or of a saved query. */
export const queryOf = async ({ readFile }: Platform, text: string): Promise<string> =>
  queryIn(text.endsWith('.sql') ? textIn(text, await readFile(text)) : text)

/** The table that is not there, in the words of DuckDB and of Athena. */
const missingTable =
  /^Catalog Error: Table with name (\S+) does not exist|^Athena: .*Table '(?:[^'.]+\.)*([^'.]+)' does not exist/

/** An error of the engine, with the nearest name if it is about a table or column that is not there. */
export const withSuggestion = (error: Error): Error => {
  const missing = missingTable.exec(error.message)?.slice(1).find(Boolean)
  if (missing === undefined) return error
  const near = nearest(missing, [...relationNames, ...queryNames])
  if (!near) return new UsageError(`no table or view ${missing}; \`precursor describe\` lists them all`)
  const kind = queryNames.includes(near) ? ', a saved query' : ''
  return new UsageError(`no table or view ${missing}; did you mean ${near}${kind}?`)
}
