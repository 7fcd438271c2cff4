/** Texts in the languages of the dictionary. */

import { unknownName } from '../../core/nearest.ts'
import type { Text } from '../../schemas/signals.ts'
import { whole } from './numbers.ts'
import { type Key, words } from './words.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]
export type { Key }

/** Writes a text of the dictionary and fills in its blanks. `{count:session|sessions}` is a word that agrees with the blank `count`. */
export type Say = (key: Key, blanks?: Readonly<Record<string, string | number>>) => string

/** One of the languages of a text. */
export const inLanguage = (text: Text, language: Language): string => text[languages.indexOf(language)]!

/** No blank stands between Chinese characters, or beside their punctuation, which is as wide as one. English texts have neither. */
const tight = (text: string): string =>
  text.replace(/(?<=[，：；（）。、？！]) | (?=[，：；（）。、？！])|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')

const blank = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g

export const saying =
  (language: Language): Say =>
  (key, blanks = {}) =>
    tight(
      inLanguage(words[key], language).replace(blank, (_, name: string, ofOne?: string, ofMany?: string) => {
        const value = blanks[name]
        if (value === undefined) throw new Error(`${key}: nothing was given for {${name}}`)
        if (ofOne !== undefined) return String(value) === '1' ? ofOne : ofMany!
        return typeof value === 'number' && Number.isInteger(value) ? whole(value) : String(value)
      }),
    )

/** What stands between two sentences that have ended. */
export const afterSentence = (say: Say): string => (say('language') === 'zh' ? '' : ' ')

export const languageNamed = (name: string): Language => {
  const language = languages.find((each) => each === name)
  if (!language) throw unknownName('language', name, languages)
  return language
}
