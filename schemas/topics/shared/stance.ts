/** The stance of a sentence, hawkish or dovish, from the words near inflation, labour and the policy rate in each clause. */
import { near } from '../../topic.ts'

export type Stance = 'hawkish' | 'dovish' | 'neutral'

/** Topics that have a stance. */
export const stanceTopics: readonly string[] = ['inflation', 'labour_market', 'policy_rate']

/** Words that say a direction of a subject. */
interface Signal {
  readonly side: Exclude<Stance, 'neutral'>
  readonly pattern: RegExp
}

const any = (text: string) => new RegExp(`\\b(?:${text.replaceAll(' ', '[-\\s]+')})\\b`, 'i')
const hawkish = (pattern: RegExp): Signal => ({ side: 'hawkish', pattern })
const dovish = (pattern: RegExp): Signal => ({ side: 'dovish', pattern })

const prices =
  '(?:dis)?inflation(?:ary)?|(?:consumer |core |goods |services |PCE |rising |higher )?prices?(?! stability)|price (?:pressures?|index)|cost pressures?|inflation (?:expectations|compensation|pressures?)'
const labour =
  '(?:labou?r|job)s?(?: market| demand)?|employment|hiring|payrolls?|wages?(?: growth| increases)?|jobs|job gains|vacancies|openings|compensation|workers'
const jobless = 'unemployment(?: rate)?|layoffs?|slack|joblessness|claims'
const rates =
  '(?:policy|federal funds|funds|short term interest|short term|interest|our) rates?|(?<!(?:unemployment|jobless|participation|inflation|growth|vacancy|openings|quits|saving|mortgage|exchange|delinquency) )rates?|(?:monetary )?policy|target range|(?:policy |monetary )?stance'
const goal = '(?:2|two) percent|(?:our |the |its )?(?:\\w+ ){0,3}(?:target|objective|goal)'

const signals: readonly Signal[] = [
  // Inflation against the goal.
  hawkish(near('inflation|prices|readings|it', `(?:above|exceed(?:s|ed|ing)?|higher than|over) (?:${goal})`, 7)),
  dovish(
    near(
      'inflation|prices|it',
      `(?:below|under|short of|less than|at or below|lower than) (?:${goal})|(?:below|under) target`,
      7,
    ),
  ),
  dovish(
    any(
      `(?:progress|confidence|confident) (?:\\w+ ){0,4}(?:inflation|price stability|${goal})|(?:return|returning|move|moving|moved|come|path|back|way|decline|converge) (?:\\w+ ){0,3}(?:to|toward|towards) (?:${goal}|price stability)|inflation (?:\\w+ )?progress|progress toward (?:our |the )?(?:\\w+ )?(?:goal|objective|target)`,
    ),
  ),
  hawkish(
    near(
      prices,
      'high|higher|elevated|ris(?:e|es|ing|en)|rose|accelerat\\w+|upside|persisten\\w+|stick\\w+|stubborn\\w*|moved up|pick(?:ed|ing)? up|hot|surg\\w+|too high|increas\\w+|entrenched|pain|failure|upward|pushing up|boost\\w*|peaking|unanchored',
      4,
    ),
  ),
  dovish(
    near(
      prices,
      'muted|low|lower|soft\\w*|weak\\w*|fall\\w*|fell|declin\\w+|cool\\w*|moderat\\w+|eas(?:e|ed|es|ing)|slow\\w*|down|subdued|transitory|temporary|downside|retreat\\w*|trend down|restrained|diminish\\w*|unchanged|downward|limited|one time',
      4,
    ),
  ),
  dovish(any('disinflation(?:ary)?')),
  // The labour market.
  hawkish(
    near(
      labour,
      'tight\\w*|(?:very|particularly|extremely|exceptionally|overall) strong|strong job|strengthen\\w*|robust|overheat\\w*|shortages?|exceed\\w*|hot|rapid\\w*|brisk\\w*|too fast|accelerat\\w+',
      4,
    ),
  ),
  hawkish(
    near(
      jobless,
      '(?:very|historically|are|is|remain(?:ed|s)?) low|low (?:unemployment|jobless)|below|fell|fallen|declin\\w+|edged down|down',
      4,
    ),
  ),
  dovish(
    near(
      labour,
      'moderat\\w+|weak\\w*|soft\\w*|cool\\w*|slow\\w*|disappoint\\w*|declin\\w+|fall\\w*|fell|loos\\w*|downside|losses|loss|lose|lost|deteriorat\\w+|lower|subdued|less available|short(?:fall)?s?|far from|cut back|lay off|laid off|down',
      5,
    ),
  ),
  dovish(
    near(jobless, 'ris(?:e|es|ing|en)|rose|increas\\w+|edged up|up|higher|elevated|high|remains above|weakness', 4),
  ),
  dovish(any("downside risks? to (?:the |our |the FOMC's )?(?:maximum )?employment|lay(?:ing)? off|laid off")),
  // The rate and other easing.
  hawkish(
    near(
      rates,
      'rais\\w+|hik(?:e|es|ing)|increas\\w+|tighten\\w*|firming|higher|restrictive|longer|unchanged|risen|rose|hold|maintain(?:ing)? the target',
      4,
    ),
  ),
  dovish(
    near(
      rates,
      'cut(?:s|ting)?|lower\\w*|reduc\\w+|eas(?:e|ed|ing)|accommodat\\w+|low|exceptionally low|near zero|less support|looser',
      4,
    ),
  ),
  dovish(
    any(
      '(?:asset|securities|additional|bond) purchases|purchases of (?:\\w+ )*securities|(?:monetary |policy |further |additional |more )accommodation|(?:reduc\\w+|remov\\w+|dial\\w+ back) (?:of )?(?:\\w+ )?restraint|this cut',
    ),
  ),
  hawkish(
    any(
      'remov\\w+ (?:of )?(?:\\w+ )?accommodation|scal\\w+ back (?:\\w+ )*accommodation|vigilan\\w*|rate (?:hikes?|increases?)|tightening cycle|not (?:yet )?be far above (?:its |the )?neutral|ongoing increases',
    ),
  ),
  dovish(any('rate cuts?|rate reductions?')),
]

/** Words that turn a direction around, before it and in the same clause. */
const reversal =
  /\b(?:not|no|never|nor|without|unlikely|cannot|\w+n't|no longer|absence of|lack of|less|too (?:quickly|soon|early)|hinder\w*|stall\w*|slower|hurry to|rush to|premature(?:ly)?|cautious\w* (?:about|in)|wait(?:ing)? to|end(?:ed|ing)? of|nobody)(?:\W+[\w'-]+){0,4}\W*$/i
/** The same, between the subject and its direction. */
const within = /\W(?:not|no longer|never|unlikely|\w+n't)\W/i
/** The same, after it. */
const reversalAfter =
  /^(?:\W+[\w'-]+){0,3}\W+(?:stalled|has stalled|too quickly|too soon|too early|prematurely|unlikely|were unlikely|unfinished|not justified|was not|is not|would not)\b/i
/** What has its own direction and says nothing about the stance. */
const neutralWords =
  /\b(?:well[- ]anchored|anchored|supply of workers|(?:more|toward) neutral|longer[- ]run|longer[- ]term|short[- ]run|high[- ]frequency|lower[- ](?:income|wage)|higher[- ](?:income|wage)|rate of increase|slow(?:s|ing)? the pace of increases|high degree|low end|high end|higher[- ]skilled|upward revisions?|price stability)\b/gi
const clauses =
  /[;:]|,? \b(?:but|although|though|while|whereas|however|even as|despite|rather than|instead of)\b|, (?:and|with|as|which|so)\b|\. /i

/** Expressions whose direction is not that of their words. They count once and are removed before the signals. */
const expressions: readonly Signal[] = [
  hawkish(
    /\b(slower|slowed|slowing|little|lack of|limited|less|no|hinder\w*|impede\w*|stall\w*|uneven)( \w+){0,2} progress\b[^,;]*|\bprogress\b[^,;]{0,80}\b(stalled|slowed|paused)\b/i,
  ),
  dovish(
    /\b(less tight|no longer( \w+)? (overheated|tight|hot|elevated)|(not|n't|unlikely|no)\b[^,;]{0,60}\b(source of|adding to|putting|generat\w+|create|creating)( \w+){0,3} (inflation\w*|pressures?)\b[^,;]*)/i,
  ),
  hawkish(
    /\b(no|not|n't)\b[^,;]{0,20}\b(hurry|rush) to (lower|cut|ease|adjust|reduce)\b[^,;]*|\b(reduc|eas|cutt?|lower|remov)\w*\b[^,;]{0,40}\b(too (quickly|soon|much|fast|aggressively)|prematurely)\b|\brisks? of (higher|persistent) inflation\b|\b(bring|move|get|bringing) (it|inflation) (back )?down\b( toward[^,;.]*)?/i,
  ),
  dovish(
    /\b(rais|hik|tighten|increas)\w*\b[^,;]{0,40}\b(too (quickly|soon|much|fast)|prematurely)\b|\b(eas|cutt?|lower)\w*\b[^,;]{0,30}\btoo (slowly|late|little)\b/i,
  ),
  dovish(/\b(inflation|prices)\b[^,;]{0,60}\b[01](\.\d)? percent\b/i),
]

/** All patterns of this file, for the text of the rules. */
export const stancePatterns: readonly unknown[] = [
  signals,
  expressions,
  reversal,
  within,
  reversalAfter,
  neutralWords,
  clauses,
]

const sideOf = ({ side, pattern }: Signal, clause: string): Signal['side'] | undefined => {
  const found = pattern.exec(clause)
  if (!found) return undefined
  const before = clause.slice(0, found.index)
  const after = clause.slice(found.index + found[0].length)
  const isTurned = (reversal.test(before) || within.test(found[0])) !== reversalAfter.test(after)
  return isTurned ? (side === 'hawkish' ? 'dovish' : 'hawkish') : side
}

/** Stance of a text: the side with more signals in its clauses. Two-sided and descriptive sentences are neutral. */
export const stanceOf = (text: string): Stance => {
  const sides = text
    .replace(neutralWords, '…')
    .split(clauses)
    .flatMap((clause) => {
      const said = expressions.filter(({ pattern }) => pattern.test(clause))
      const rest = said.reduce((sofar, { pattern }) => sofar.replace(pattern, '…'), clause)
      return [...said.map(({ side }) => side), ...signals.map((signal) => sideOf(signal, rest))]
    })
  const difference =
    sides.filter((side) => side === 'hawkish').length - sides.filter((side) => side === 'dovish').length
  return difference > 0 ? 'hawkish' : difference < 0 ? 'dovish' : 'neutral'
}
