/** What an FOMC statement decides, read from its words. */

interface Decision {
  readonly action: 'lower' | 'raise' | 'maintain'
  readonly lower: number
  readonly upper: number
  /** The sentence that says so. */
  readonly sentence: string
}

const verbs: Readonly<Record<string, Decision['action']>> = {
  lower: 'lower',
  reduce: 'lower',
  decrease: 'lower',
  raise: 'raise',
  increase: 'raise',
  maintain: 'maintain',
  keep: 'maintain',
}

/** 3-3/4, 4, 1/4 as a number; undefined if it is none. */
const fraction = (text: string): number | undefined => {
  const [, whole, numerator, denominator] = /^(?:(\d+)-?)??(?:(\d)\/(\d))?$/.exec(text.trim()) ?? []
  if (!whole && !numerator) return undefined
  return Number(whole ?? 0) + (numerator ? Number(numerator) / Number(denominator) : 0)
}

/** Words of a statement that decides on the target range. */
export const namesRate = /\bfederal funds rate\b|\btarget range\b/i

const range =
  /\bdecided(?: today)? to (lower|reduce|decrease|raise|increase|maintain|keep) the target range for the federal funds rate\b[^.]*?\b(?:to|at) ([\d/-]+)(?: percent)? to ([\d/-]+) percent/i

/** The decision on the target range; undefined if the text does not say one. */
export const decisionOf = (text: string): Decision | undefined => {
  // Hyphens come as several characters, and mis-decoded too.
  const plain = text.replace(/[‐‑‒–]|\u00e2\u0080[\u0090-\u0093]/g, '-').replace(/\s+/g, ' ')
  const found = range.exec(plain)
  if (!found) return undefined
  const [, verb = '', from = '', to = ''] = found
  const lower = fraction(from)
  const upper = fraction(to)
  const action = verbs[verb.toLowerCase()]
  if (lower === undefined || upper === undefined || !action) return undefined
  const start = plain.lastIndexOf('. ', found.index) + 1
  const end = plain.indexOf('. ', found.index + found[0].length)
  return { action, lower, upper, sentence: plain.slice(start, end < 0 ? undefined : end + 1).trim() }
}
