/** A query as people keep it in files: with comments, and with a semicolon at its end. */

import type { Relation } from '../schemas/view.ts'

/** Texts, quoted names, comments; then any other character. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/g

const endsNothing = (text: string) => /^(?:--|\/\*)/.test(text) || /^[\s;]$/.test(text)

/** The statement without what follows it: comments, semicolons and space. */
export const statementOf = (text: string): string => {
  const tokens = text.match(token) ?? []
  const end = tokens.findLastIndex((each) => !endsNothing(each))
  return tokens
    .slice(0, end + 1)
    .join('')
    .trim()
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
