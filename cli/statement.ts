/** A query as people keep it in files: with comments, and with a semicolon at its end. */

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
