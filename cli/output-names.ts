/** Names of what is written in a language: a second language does not replace the first. */
import type { Language } from '../evening/language/language.ts'

/** Nothing for English. */
const suffixOf = (language: Language): string => (language === 'en' ? '' : `.${language}`)

export const reportName = (session: string, language: Language, symbol?: string): string =>
  `report${symbol ? `-${symbol}` : ''}-${session}${suffixOf(language)}.html`

export const siteFolder = (language: Language): string => `site${suffixOf(language)}`
