/** A query as people keep it in files: with comments, and with a semicolon at its end. */

import { UsageError } from '../core/errors.ts'
import type { Relation } from '../schemas/view.ts'

/** Texts, also with escapes or between tagged dollars, quoted names, comments; then any other character. */
const token =
  /(?<!\w)e'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<!\w)\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/gi

const isComment = (text: string) => /^(?:--|\/\*)/.test(text)
const endsNothing = (text: string) => isComment(text) || /^[\s;]$/.test(text)

/** How the statements begin that answer with rows, on either engine. */
const asking =
  /^(?:\(|(?:explain\s+(?:analyze\s+)?)?(?:select|with|from|values|table|describe|desc|show|summarize|pivot|unpivot|pragma|call)\b)/i

/** The statement of a text, without the comments, semicolons and space around it. Several statements give a UsageError. */
export const statementOf = (text: string): string => {
  const tokens = text.replace(/^\uFEFF/, '').match(token) ?? []
  const begin = tokens.findIndex((each) => !endsNothing(each))
  if (begin < 0) return ''
  const found = tokens.slice(begin, tokens.findLastIndex((each) => !endsNothing(each)) + 1)
  if (found.includes(';')) throw new UsageError('the text holds several statements: ask one at a time')
  return found.join('')
}

/** Refuses a statement that writes, or that changes settings. `hint` says what does that instead. */
export const refuseOtherThanQuery = (statement: string, hint: string): void => {
  if (asking.test(statement)) return
  const word = /^(?:explain\s+(?:analyze\s+)?)?(\w*)/i.exec(statement)![1]!.toUpperCase()
  throw new UsageError(`a query answers with rows, and ${word || 'this statement'} does not${hint}`)
}

/** Words by which a statement asks for the catalog itself, or makes a name at run time. */
const ofCatalog =
  /\b(information_schema|pg_catalog|sqlite_master|duckdb_\w+|pragma\w*|show|describe|summarize|query_table|query)\b/i

/** The relations whose names occur in a statement: at least those that it reads. All of them if it may read the catalog. */
export const relationsIn = (statement: string, all: readonly Relation[]): readonly Relation[] => {
  if (ofCatalog.test(statement)) return all
  const words = new Set(statement.toLowerCase().match(/\w+/g))
  return all.filter(({ name }) => words.has(name))
}
