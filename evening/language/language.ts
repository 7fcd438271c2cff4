/** What is said to people, in the languages of the dictionary. */

import { UsageError } from '../../core/errors.ts'
import type { Signal } from '../../schemas/signals.ts'
import { signals } from '../../schemas/signals.ts'
import { signalWords } from './signal-words.ts'
import { type Key, words } from './words.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]
export type { Key }

/** Says a text of the dictionary with what it leaves open. */
export type Say = (key: Key, open?: Readonly<Record<string, string | number>>) => string

const place = (language: Language) => languages.indexOf(language)

export const saying =
  (language: Language): Say =>
  (key, open = {}) =>
    words[key][place(language)]!.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = open[name]
      if (value === undefined) throw new Error(`${key}: nothing was given for {${name}}`)
      return String(value)
    })

/** Title and reason of a signal. */
export const signalIn = (language: Language, column: Signal['column']): Pick<Signal, 'title' | 'because'> => {
  const signal = signals.find((each) => each.column === column)!
  if (language === 'en') return signal
  const [title, because] = signalWords[column]!
  return { title, because }
}

export const languageNamed = (name: string): Language => {
  const language = languages.find((each) => each === name)
  if (!language) throw new UsageError(`no language ${name}; there are ${languages.join(', ')}`)
  return language
}
