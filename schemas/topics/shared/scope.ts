/** Whether a mention is denied or hedged, by the words around it. */

/** A negation applies to words up to four words after it. */
const negation =
  /\b(?:not|no|never|neither|nor|without|hardly|cannot|\w+n't|absence of|lack of)(?:\W+[\w'-]+){0,4}\W*$/i
/** An assessment anywhere in the sentence that a risk is low or absent. */
const reassurance =
  /\b(?:(?:not|n't) (?:yet )?(?:a |an |currently |appear to be |seem to be )?(?:a )?(?:major |significant |serious )?(?:concern|problem|threat)|do(?:es)?(?: not|n't) (?:appear to )?pose|(?:risks?|vulnerabilit(?:y|ies)|pressures?|strains?|exposures?) (?:\w+ ){0,6}(?:is|are|was|were|remain(?:s|ed)?|appear(?:s|ed)?) (?:\w+ )?(?:limited|low|contained|modest|manageable|small|muted|subdued)|(?:limited|little|no|low) (?:risk|evidence|sign|signs) (?:of|that))\b/i
const hedge =
  /\b(may|might|could|would|possib(?:le|ly)|perhaps|potential(?:ly)?|if|appears?|seems?|uncertain|likely|whether)\b/i

/** All patterns of this file, for the text of the rules. */
export const scopePatterns: readonly RegExp[] = [negation, reassurance, hedge]

/** @param words the words of the sentence that the rule matched. */
export const isNegated = (sentence: string, words: string): boolean => {
  const at = sentence.indexOf(words)
  return negation.test(sentence.slice(0, Math.max(at, 0))) || reassurance.test(sentence)
}

export const isHedged = (sentence: string): boolean => hedge.test(sentence)
