/**
 * The stance of a sentence. Each clause is read as subjects (inflation, the labour market, joblessness, the policy rate, easing,
 * restraint) and directions. The nearest direction belongs to the subject, and a negation before it turns it around.
 */

export type Stance = 'hawkish' | 'dovish' | 'neutral'
type Side = Exclude<Stance, 'neutral'>

/** Topics that have a stance. */
export const stanceTopics: readonly string[] = ['inflation', 'labour_market', 'policy_rate']

const any = (...alternatives: readonly string[]) =>
  new RegExp(`\\b(?:${alternatives.map((each) => each.replaceAll(' ', '[-\\s]+')).join('|')})\\b`, 'gi')

/** Expressions that say nothing about the stance, although a word of them could. They are removed. */
const silent = any(
  '(?:longer|short) (?:run|term)',
  'well anchored',
  'anchored',
  // A rise to the goal is no pressure beyond it.
  '(?:mov|ris|increas|pick|firm)\\w* (?:\\w+ ){0,2}(?:up )?to (?:\\S+ ){0,3}(?:2 percent|targets?|objectives?|goals?)',
  'high frequency',
  '(?:lower|higher|low|high|lowest|highest) (?:income|wage|skilled|education|paying|paid|cost)',
  '(?:supply of|supply and demand for) (?:labor|workers)',
  'labor (?:supply|force participation|force)',
  'participation(?: rate)?',
  '(?:more |toward |a )*neutral',
  'low end',
  'high end',
  'price stability',
  '(?:inflation|employment) (?:goals?|objectives?|targets?|mandate)',
  'maximum employment',
  'growth rate',
  'higher quality',
  'natural rate of unemployment',
  'business cycle',
  'fiscal policy',
  '(?:monetary )?policymakers?',
  'trade policy',
  '(?:stock|asset|home|house|equity|share|security) prices?',
  '(?:long|longer|mortgage|market) (?:term )?(?:interest )?rates',
  'end of (?:the|this|next|last) \\w+',
)

/** Expressions with a side of their own. */
const expressions: readonly { readonly side: Side; readonly pattern: RegExp }[] = [
  {
    side: 'hawkish',
    pattern: any(
      '(?:bring|move|get|bringing|getting|reduce|reducing|lower|lowering|restore|restoring) (?:it |inflation |price stability )(?:back )?(?:down|to|toward)(?: our| the| its)?(?: \\S+ ){0,2}(?:target|goal|objective|2 percent)?',
      '(?:getting|bringing|keeping) inflation (?:down|under control)',
      'too (?:high|tight|strong)',
      'behind the curve',
      '(?:restore|restoring|failure to restore) price stability',
      'overheat\\w*',
      '(?:un|de)anchor\\w*',
      'taper\\w*(?: (?:of )?(?:our |its |the )?(?:asset )?purchases)?',
      '(?:labor|worker|staffing) shortages?',
      'ongoing increases',
      'rate (?:hikes?|increases?)',
      'hikes?',
      '(?:no|not|\\w+n.t) (?:\\S+ ){0,10}(?:hurry|rush) to \\w+(?: rates)?',
      '(?:eas|cutt?|reduc|lower|remov)\\w+ (?:\\S+ ){0,4}(?:too (?:quickly|soon|much|fast|aggressively)|prematurely)',
      'higher for longer',
      'for longer',
      'burden of (?:high )?inflation',
      'risks? of (?:higher|persistent) inflation',
      'not been this low',
      'not (?:as )?temporary',
      'not (?:be )?(?:far )?(?:above|from) (?:its |the )?neutral',
      '(?:slower|little|limited|lack of|less|no|stalled|hinder|impede|hamper) (?:\\w+ ){0,2}progress(?: \\S+){0,8}',
      'progress (?:\\S+ ){0,8}(?:has |had )?(?:stalled|slowed|paused)',
    ),
  },
  {
    side: 'dovish',
    pattern: any(
      'disinflation\\w*',
      '(?:progress|confidence|confident) (?:\\S+ ){0,6}(?:inflation|price stability|2 percent|target|goal|objective)(?: (?:is |was )?(?:returning|moving|return|move) (?:\\S+ ){0,3}(?:target|goal|objective|2 percent))?',
      'return to (?:price stability|2 percent)',
      'vote in favor of this cut',
      'rate (?:cuts?|reductions?)',
      'less (?:tight|restrictive)',
      'no longer (?:\\w+ )?(?:overheated|tight|hot|elevated)',
      '(?:not|no|unlikely|without) (?:\\S+ ){0,10}(?:source of|adding to|putting|generating|create|creating) (?:\\S+ ){0,3}(?:inflation\\w*|pressures?)(?: pressures?)?',
      '(?:near|close to|at) zero',
      'transitory|temporary',
      'lay(?:ing)? off|laid off',
      'job losses',
      'downside risks? to (?:\\S+ ){0,3}\\S*employment',
      '(?:tighten|rais|hik)\\w+ (?:\\S+ ){0,4}(?:too (?:quickly|soon|much|fast)|prematurely)',
      '(?:eas|cutt?|lower)\\w+ (?:\\S+ ){0,3}too (?:slowly|late|little)',
      '(?:inflation|prices) (?:\\S+ ){0,8}[01](?:\\.\\d)? percent',
    ),
  },
]

const structural = any('(?:structural|natural|longer run|normal)(?: \\w+){0,4} unemployment(?: rate)?')

/** What moves, with its side when it moves up. */
const subjects: readonly { readonly name: string; readonly up: Side; readonly pattern: RegExp }[] = [
  {
    name: 'easing',
    up: 'dovish',
    pattern: any(
      '(?:monetary |policy )*(?:accommodation|stimulus)',
      '(?:asset|securities|bond) purchases',
      'purchases of (?:\\w+ ){0,4}(?:securities|bonds)',
    ),
  },
  // A lower structural rate leaves more room for jobs.
  { name: 'structural', up: 'hawkish', pattern: structural },
  { name: 'restraint', up: 'hawkish', pattern: any('(?:monetary |policy )*(?:restraint|restrictiveness)') },
  {
    name: 'jobless',
    up: 'dovish',
    pattern: any('(?:unemployment|jobless|joblessness|layoffs?|slack)(?: rate| claims)?'),
  },
  {
    name: 'labour',
    up: 'hawkish',
    pattern: any(
      '(?:labou?r|job) (?:market|demand|conditions|gains?|growth|creation|openings?|reports?|vacancies)(?: conditions| developments| improvements?)?',
      'demand for (?:workers|labor)',
      '(?:payroll |private )*(?:employment|payrolls?|hiring|vacancies|jobs)(?: growth| gains?| report)?',
      '(?:nominal |real )*(?:wages?|compensation|hourly earnings)(?: growth| increases?| inflation| gains)?',
    ),
  },
  {
    name: 'prices',
    up: 'hawkish',
    pattern: any(
      '(?:core |headline |goods |services |PCE |CPI |consumer |total |overall |price |housing )*inflation(?:ary)?(?: rates?| expectations| compensation| pressures?| readings| outlook| data| realizations)?',
      '(?:price|cost|wage) pressures?',
      '(?:consumer |core |goods |services |PCE |energy |food )*prices?(?: index| increases?)?',
      'CPI|PCE',
    ),
  },
  {
    name: 'rate',
    up: 'hawkish',
    pattern: any(
      '(?:target )?range for the federal funds rate',
      '(?:policy|federal funds|fed funds|funds|short term interest|short term|interest) rates?(?: target range)?',
      '(?:target|policy) range|target range',
      '(?:the |our )?(?:stance|setting|path|course) of (?:monetary )?policy',
      '(?:monetary )?policy(?: stance| path| setting)?',
      '(?<!(?:growth|mortgage|exchange|delinquency|vacancy|quits|saving|tax|default|market) )rates?',
      'liftoff',
    ),
  },
]

const up = any(
  'ris(?:e|es|ing|en)|rose|increas\\w+|higher|high|highs|up|accelerat\\w+|gain(?:s|ed|ing)?|surg\\w+|picks? up|picking up|picked up|rebound\\w*|outpac\\w+|topp(?:ed|ing)|exceed\\w*|above|elevated|jump\\w*|robust|brisk|boost\\w*|upside|upward|persisten\\w+|stick\\w+|stubborn\\w*|tight\\w*|hot|firm(?:ing|ed)|improv\\w+|heal(?:s|ed|ing)|regain\\w*|highest|stronger|strengthen\\w*|very (?:strong|healthy)|healthy gains|rais\\w+|hold|holding|maintain\\w*|unchanged at|longer|restrictive|entrench\\w+|pain|strong(?= (?:labor demand|gains|wage))|earlier|sooner|shortages?|pickup|peak\\w*',
)
const down = any(
  'fall(?:s|ing|en)?|fell|declin\\w+|lower\\w*|low|lows|down|drop\\w*|lowest|slow\\w*|weak\\w*|soft\\w*|cool\\w*|moderat(?:ed|ing|ion|es?)|eas(?:e|ed|es|ing)|subdued|muted|below|under|dip\\w*|los(?:e|es|t|ses|s)|deteriorat\\w+|contract(?:ed|ing|ion)|short of|diminish\\w*|retreat\\w*|downside|downward|slowdown|loos\\w+|reduc\\w+|cut\\w*|disappoint\\w*|restrain\\w*|remov\\w+|withdraw\\w*|scal\\w+ back|dial\\w+ back|accommodative|expansionary|sluggish|far from|shed|less|fewer|deceler\\w+|trend(?:ed|ing)? down|exceptionally low',
)
/** Directions of some subjects only. */
const progress = any('progress')
const toward = any('toward|return(?:s|ed|ing)? to|converg\\w+')
const over = any('end(?:s|ed|ing)?|wrap up|wind down|conclu\\w+|complet\\w+')
const more = any('additional|more|further|provid\\w+|substantial|new')
/** Words that turn the next direction around. */
const turns =
  /^(?:not|no|never|nor|without|unlikely|cannot|\w+n't|hardly|lack|absence|avoid\w*|prevent\w*|slower|little|limited|hinder\w*|stall\w*|nobody|rather|instead|premature\w*|less|insufficient)$/i
/** Of these, the ones that follow a direction. */
const turnsAfter = /^(?:stalled|unlikely|unfinished|premature|unwarranted|unjustified)$/i
const clauses =
  /[;:]|,? \b(?:but|although|though|while|whereas|however|even as|despite|in part because|because)\b|, (?:and|with|as|which|so|or)\b|\. /i
/** An aside that concedes a state, such as ", while still elevated,". */
const concession =
  /, (?:while|although|though|albeit|if) (?:(?:still|\w+ly|quite|very|somewhat) ){0,2}\w+(?:,|(?=\.?$))/gi
/** The beginning of a clause that goes on about the subject of the clause before it. */
const goesOn =
  /^(?:still |also |then |now |since |recently |yet )*(?:has|have|had|is|are|was|were|will|remains?|remained|continues?|continued|seems?|appears?)\b/i
const pronoun = /^(?:it|they)$/i
/** A move of the policy rate that lies behind is told, not advocated. */
const earlierMove =
  /\b(having (reduced|lowered|raised|cut|eased)|the (lowering|raising|increase|reduction) of|since|in (January|February|March|April|May|June|July|August|September|October|November|December)|in (19|20)\d\d|last (year|month|fall|spring|summer|winter)|at its [A-Z]\w+ meeting)\b/
/** A direction belongs to a subject at most so many words away. */
const reach = 12

/** All patterns of this file, for the text of the rules. */
export const stancePatterns: readonly unknown[] = [
  silent,
  expressions,
  subjects,
  up,
  down,
  progress,
  toward,
  more,
  over,
  turns,
  turnsAfter,
  clauses,
  concession,
  goesOn,
  pronoun,
  earlierMove,
  reach,
]

/** Marks in a clause: `‹name›` for a subject, `‹up›` and `‹down›` for directions, `‹hawkish›` and `‹dovish›` for expressions. */
const marked = (clause: string): string[] => {
  let text = clause
  for (const { side, pattern } of expressions) text = text.replace(pattern, ` ‹${side}› `)
  text = text.replace(structural, ' ‹structural› ').replace(silent, ' … ')
  for (const { name, pattern } of subjects)
    text = text.replace(pattern, (found, at: number, whole: string) => (isInMark(whole, at) ? found : ` ‹${name}› `))
  for (const [name, pattern] of [
    ['up', up],
    ['down', down],
    ['progress', progress],
    ['toward', toward],
    ['more', more],
    ['over', over],
  ] as const)
    text = text.replace(pattern, (found, at: number, whole: string) => (isInMark(whole, at) ? found : ` ‹${name}› `))
  return text.match(/‹\w+›|[\w'-]+/g) ?? []
}

const isInMark = (text: string, at: number) => text.lastIndexOf('‹', at) > text.lastIndexOf('›', at)

const other = (side: Side): Side => (side === 'hawkish' ? 'dovish' : 'hawkish')

const isTurned = (words: readonly string[], at: number) =>
  words.slice(Math.max(0, at - 5), at).some((word) => turns.test(word)) !==
  words.slice(at + 1, at + 7).some((word) => turnsAfter.test(word))

/** The direction that a word gives to a subject, if it can. */
const directionFor = (word: string, subject: string, isBefore: boolean): 'up' | 'down' | undefined => {
  if (word === '‹up›') return 'up'
  if (word === '‹down›') return 'down'
  if (word === '‹progress›' && subject === 'labour') return 'up'
  if (word === '‹toward›' && subject === 'prices') return 'down'
  if (word === '‹over›' && (subject === 'easing' || subject === 'restraint')) return 'down'
  if (word === '‹more›' && isBefore && (subject === 'easing' || subject === 'restraint')) return 'up'
  return undefined
}

const isSubject = (word: string) => subjects.some(({ name }) => word === `‹${name}›`)

/** The words of a clause. If it has no subject of its own and goes on about the last one, it gets that one. */
const withSubject = (clause: string, last: string | undefined): string[] => {
  const words = marked(clause)
  if (!last || words.some(isSubject)) return words
  const at = words.findIndex((word) => pronoun.test(word))
  if (at >= 0) return words.with(at, last)
  return goesOn.test(clause.trim()) ? [last, ...words] : words
}

/** The sides that a clause takes, one for each expression and each subject with a direction near it. */
const sidesOf = (clause: string, words: readonly string[]): Side[] => {
  return words.flatMap((word, at): Side[] => {
    if (word === '‹hawkish›' || word === '‹dovish›') {
      const side = word.slice(1, -1) as Side
      return [isTurned(words, at) ? other(side) : side]
    }
    const subject = subjects.find(({ name }) => word === `‹${name}›`)
    if (!subject || (subject.name === 'rate' && earlierMove.test(clause))) return []
    const [nearest] = words
      .flatMap((each, i) => {
        const direction = Math.abs(i - at) <= reach ? directionFor(each, subject.name, i < at) : undefined
        return direction ? [{ i, direction, gap: Math.abs(i - at) + (each === '‹toward›' ? reach : 0) }] : []
      })
      .sort((a, b) => a.gap - b.gap)
    if (!nearest) return subject.name === 'easing' ? ['dovish'] : []
    const side = nearest.direction === 'up' ? subject.up : other(subject.up)
    return [isTurned(words, nearest.i) ? other(side) : side]
  })
}

/** Stance of a text: the side that its clauses take more often. Two-sided and descriptive sentences and questions are neutral. */
export const stanceOf = (text: string): Stance => {
  if (text.trimEnd().endsWith('?')) return 'neutral'
  const read = text.replace(concession, '').split(clauses)
  const sides: Side[] = []
  let last: string | undefined
  for (const clause of read) {
    const words = withSubject(clause, last)
    sides.push(...sidesOf(clause, words))
    last = words.find(isSubject) ?? last
  }
  const difference =
    sides.filter((side) => side === 'hawkish').length - sides.filter((side) => side === 'dovish').length
  return difference > 0 ? 'hawkish' : difference < 0 ? 'dovish' : 'neutral'
}
