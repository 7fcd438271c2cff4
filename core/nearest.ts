/** Errors about a name that is not known. They suggest the nearest name that is. */
import { distance } from 'fastest-levenshtein'
import { UsageError } from './errors.ts'

/** Two names are near if a third of the letters differ at most. */
const isNear = (found: number, name: string) => found <= Math.max(1, Math.floor(name.length / 3))

const plain = (name: string) => name.trim().toLowerCase().replaceAll(/[-\s]/g, '_')

/** The nearest of the names. Undefined if none is near: a beginning and a spelling in other letters are near. */
export const nearest = (name: string, names: readonly string[]): string | undefined => {
  const given = plain(name)
  const measured = names.map((each) => ({ each, found: distance(given, plain(each)) }))
  const [best] = measured.sort((a, b) => a.found - b.found)
  if (best && isNear(best.found, given)) return best.each
  return given.length > 2 ? names.find((each) => plain(each).startsWith(given)) : undefined
}

/** The words after an unknown name: the nearest name, or all of them if none is near. */
export const suggestion = (name: string, names: readonly string[]): string => {
  const near = nearest(name, names)
  return near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`
}

/** The error for a name that is not one of the names, such as `no source nope; there are …`. */
export const unknownName = (what: string, name: string, names: readonly string[]): UsageError =>
  new UsageError(`no ${what} ${name.trim() === name ? name : JSON.stringify(name)}; ${suggestion(name, names)}`)
