/** Names of the lake as people read them. */
import { signals } from '../../schemas/signals.ts'
import { inLanguage, type Key, type Language, type Say } from './language.ts'
import { words } from './words.ts'

const plainName = (name: string, say: Say): string => {
  const key = `name_${name.replaceAll('-', '_')}`
  if (key in words) return say(key as Key)
  const signal = signals.find(({ column }) => column === name)
  return signal ? inLanguage(signal.title, say('language') as Language) : name.replaceAll('_', ' ')
}

/** One name, or several separated by commas. A name that the dictionary does not have loses its underscores. */
export const plainNames = (names: string, say: Say): string =>
  names
    .split(',')
    .map((each) => plainName(each.trim(), say))
    .join(say('between_names'))

/** The remark behind an event that is not confirmed, for example that it is tentative. */
export const statusRemark = (status: string, say: Say): string =>
  status === 'confirmed' ? '' : say('remark', { remark: plainNames(status, say) })

/** The texts, or the first of many and how many more there are. */
export const firstOf = (texts: readonly string[], most: number, say: Say): readonly string[] =>
  texts.length > most ? [...texts.slice(0, most), say('and_more', { count: texts.length - most })] : texts

const mostCompanies = 12

/** Names of companies, or the first of many and the number of the others. */
export const companyNames = (names: readonly string[], say: Say): string =>
  firstOf(names, mostCompanies, say).join(say('between_names'))
