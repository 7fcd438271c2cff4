/**
 * A topic of central-bank speeches: its rules are data. A rule matches within one sentence. Each tag names its rule and
 * the text.
 */

export interface TopicRule {
  readonly id: string
  readonly pattern: RegExp
  /** The sentence must also match this pattern. */
  readonly with?: RegExp
  /** The sentence must not match this pattern. */
  readonly unless?: RegExp
}

export interface Topic {
  readonly name: string
  readonly doc: string
  /**
   * Words that look like the topic but mean something else. They are removed from the sentence before its rules are
   * tried.
   */
  readonly homonyms: readonly RegExp[]
  readonly rules: readonly TopicRule[]
}

/** Pattern for any of the terms as whole words. A space in a term also matches a hyphen. */
export const terms = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.map((each) => each.replaceAll(' ', '[-\\s]+')).join('|')})\\b`, 'i')

/** Pattern for two terms in either order, with at most `words` words between them. */
export const near = (first: string, second: string, words: number): RegExp => {
  const [a, b] = [first, second].map((each) => `(?:${each.replaceAll(' ', '[-\\s]+')})`)
  const gap = `(?:\\W+[\\w'-]+){0,${words}}?\\W+`
  return new RegExp(`\\b(?:${a}${gap}${b}|${b}${gap}${a})\\b`, 'i')
}
