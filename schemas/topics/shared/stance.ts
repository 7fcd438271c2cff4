/** The stance of a sentence, hawkish or dovish, from the words near inflation, labour and the policy rate. */
import { near } from '../../topic.ts'

export type Stance = 'hawkish' | 'dovish' | 'neutral'

/** Topics that have a stance. */
export const stanceTopics: readonly string[] = ['inflation', 'labour_market', 'policy_rate']

const prices = 'inflation(?:ary)?|prices?|price pressures?|cost pressures?'
const labour = '(?:labou?r|job)s?(?: market)?|employment|hiring|payrolls?|wages?|jobs'
const jobless = 'unemployment(?: rate)?|layoffs?|slack|claims'
const rates = '(?:policy|federal funds|funds|interest) rates?|rates?|policy|target range|monetary'

const hawkish = [
  near(
    prices,
    'high|higher|elevated|ris(?:e|ing|en)|rose|accelerat\\w+|upside|above|persistent\\w*|stick\\w+|stubborn\\w*|moved up|broad|hot|surg\\w+|too high|increas\\w+',
    5,
  ),
  near(labour, 'tight\\w*|strong|strength\\w*|robust|overheat\\w*|shortages?|exceed\\w*|hot', 4),
  near(jobless, 'low|below|fell|fallen|declin\\w+', 4),
  near(rates, 'rais\\w+|hik(?:e|es|ing)|increas\\w+|tighten\\w*|firming|higher|restrictive for|longer|restrictive', 3),
  /\b(bring|move|get) (it|inflation) (back )?down\b|\bno (hurry|rush) to (cut|ease|lower)\b|\bcautious\w* (about|in) (cutting|easing|lowering)\b|\bvigilan/i,
]
const dovish = [
  near(
    prices,
    'muted|low|soft\\w*|weak\\w*|fall\\w*|fell|declin\\w+|cool\\w*|moderat\\w+|eas(?:e|ed|es|ing)|slow\\w*|progress|below|down|lower|subdued|transitory|temporary|downside',
    4,
  ),
  near(
    labour,
    'moderat\\w+|less tight|weak\\w*|soft\\w*|cool\\w*|slow\\w*|disappoint\\w*|declin\\w+|fall\\w*|fell|loos\\w*|downside|losses|loss|deteriorat\\w+|lower',
    5,
  ),
  near(jobless, 'ris(?:e|es|ing|en)|rose|increas\\w+|edged up|up|higher', 5),
  near(rates, 'cut(?:s|ting)?|lower\\w*|reduc\\w+|eas(?:e|ed|ing)|accommodat\\w+|less restrictive|less tight', 3),
  /\bdisinflation|\bdownside risks? to (the |our |the FOMC's )?(maximum[- ])?employment/i,
]

/** All patterns of this file, for the text of the rules. */
export const stancePatterns: readonly (readonly RegExp[])[] = [hawkish, dovish]

const count = (patterns: readonly RegExp[], text: string) => patterns.filter((each) => each.test(text)).length

/** Stance of a text: the side with more matching patterns. Two-sided and descriptive sentences are neutral. */
export const stanceOf = (text: string): Stance => {
  const difference = count(hawkish, text) - count(dovish, text)
  return difference > 0 ? 'hawkish' : difference < 0 ? 'dovish' : 'neutral'
}
