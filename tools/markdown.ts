/** Markdown that several generated documents share. */

export const generated = '<!-- Written by `npm run docs` from the declarations; do not edit. -->'

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

export const code = (text: string): string => `\`${text}\``

/** The document with the text between two marks, such as `<!-- rooms -->` and `<!-- end of rooms -->`, replaced. */
export const withSection = (document: string, name: string, text: string): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
  const [before, after] = [document.indexOf(start), document.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`the document has no section ${start} … ${end}`)
  return `${document.slice(0, before + start.length)}\n\n${text}\n\n${document.slice(after)}`
}
