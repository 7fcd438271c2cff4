/** The blocks of code of a document, by the headings above them. */
import { readFileSync } from 'node:fs'

/** The sections with the third level of heading below one of the second level. A section may have several blocks, or none. */
export const sectionsOf = (path: string, part: string) => {
  const document = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const found = document.split(/^## /m).find((each) => each.startsWith(`${part}\n`))
  if (!found) throw new Error(`${path} has no part ${part}`)
  return found
    .split(/^### /m)
    .slice(1)
    .map((text) => ({
      heading: text.split('\n')[0]!,
      text,
      blocks: [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
        language: language!,
        code: code!,
      })),
    }))
}
