/** Names of what is written in a language: a second language does not replace the first. */
import type { Language } from '../evening/language/language.ts'

/** Nothing for English. */
const suffixOf = (language: Language): string => (language === 'en' ? '' : `.${language}`)

/** A symbol in the name of a file: signs that mean something to a shell or a file system are replaced. */
const inName = (symbol: string): string => symbol.replaceAll(/[^\p{L}\p{N}.-]/gu, '_')

export const reportName = (session: string, language: Language, symbol?: string): string =>
  `report${symbol ? `-${inName(symbol)}` : ''}-${session}${suffixOf(language)}.html`

export const siteFolder = (language: Language): string => `site${suffixOf(language)}`
