/** Names of the lake as people read them. */
import type { Key, Say } from './language.ts'
import { words } from './words.ts'

const plainName = (name: string, say: Say): string => {
  const key = `name_${name.replaceAll('-', '_')}`
  return key in words ? say(key as Key) : name.replaceAll('_', ' ')
}

/** One name, or several separated by commas. A name that the dictionary does not have loses its underscores. */
export const plainNames = (names: string, say: Say): string =>
  names
    .split(',')
    .map((each) => plainName(each.trim(), say))
    .join(', ')
