/** A topic of central-bank speech: rules as data. A rule matches within one sentence; each tag names its rule and its text. */

export interface TopicRule {
  readonly id: string
  readonly pattern: RegExp
  /** The sentence must have this too. */
  readonly with?: RegExp
  /** Nor may it have this. */
  readonly unless?: RegExp
}

export interface Topic {
  readonly name: string
  readonly doc: string
  /** Words that look like the topic and are not: taken out of the sentence before its rules are tried. */
  readonly homonyms: readonly RegExp[]
  readonly rules: readonly TopicRule[]
}

/** Terms, whole words, with their word breaks as spaces or hyphens. */
export const terms = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.map((each) => each.replaceAll(' ', '[-\\s]+')).join('|')})\\b`, 'i')

/** Two terms in either order, at most so many words apart. */
export const near = (first: string, second: string, words: number): RegExp => {
  const [a, b] = [first, second].map((each) => `(?:${each.replaceAll(' ', '[-\\s]+')})`)
  const gap = `(?:\\W+[\\w'-]+){0,${words}}?\\W+`
  return new RegExp(`\\b(?:${a}${gap}${b}|${b}${gap}${a})\\b`, 'i')
}
