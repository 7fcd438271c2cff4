/**
 * Settings in which a sentence makes no statement about a topic, whatever words it has: agenda, thanks, notes,
 * definitions, the mandate, lists and closed history.
 */

export interface Setting {
  readonly name: 'agenda' | 'thanks' | 'note' | 'definition' | 'history' | 'mandate' | 'list'
  readonly doc: string
  readonly patterns: readonly RegExp[]
  /** Decides whether the setting applies, if that needs more than one matching pattern. */
  readonly holds?: (sentence: string, year: number) => boolean
}

const agenda =
  /^(today|this (morning|afternoon|evening)|in (my|these|this) (remarks|speech|talk|lecture|discussion|presentation)|let me|(before|after) \w+ing\b.{0,60}\b(let me|i will|i would like)|the (\w+ )?(manager|staff|chair) (provided|gave|turned (next )?to|next discussed|briefed)|(and |but |so |now |first|finally|next|then|instead|with that),? ?(let me|i will|i'll|i would like)|i (will|would like to|want to|am going to|'ll|plan to|hope to|intend to|shall|turn|thought i would|also want to)|i'll|i'd like)\b.{0,140}\b(discuss\w*|talk\w*|focus\w*|start\w*|begin\w*|turn\w*|describ\w+|shar(e|ing)|offer\w*|review\w*|outlin\w+|speak\w*|address\w*|provid\w+|conclud\w+|wrap\w*|explain\w*|summari\w+|present\w*|elaborat\w+|explor\w+|return\w*|clos(e|ing)|touch|cover|update|briefing|overview|summary|lay out|say|add|mention|comments?|remarks|perspective)\b/i
const laterAgenda =
  /\b(today,?|now,?) i (will|would like to|want to|am going to) (focus|discuss|talk|speak|turn|address|describe|share)\b/i
const topicOfTalk =
  /\b(the (topic|subject|focus|title) of (my|this|today's)|my (topic|subject|remarks|talk|speech) (today|this|is|will)|the rest of (my|these) remarks|today's (conference|discussion|topic))\b/i
const thanks =
  /^(thank(?!s)|thanks(?! (in|largely|partly|mainly|mostly))|good (morning|afternoon|evening)|i('d| would| want to| am| wish to)( like to)?( \w+){0,2} (thank|grateful|pleased|delighted|honored|happy to be)|it('s| is)( \w+){0,2} (pleasure|honor|privilege|great to)|these (remarks|views) (are|represent)|the views (i|expressed))|\bviews (expressed )?(here )?are my own\b|\bnot necessarily (those|the views)\b/i
const note =
  /^(\d+\.\s|["“][^"”]{3,90}["”]$|see\b|see also\b|refer to\b|ibid|for (a |an |more |further |recent |some |additional )?(\w+ ){0,3}(discussion|details?|information|overview|evidence|example|analysis|review|summary|description)s?\b.{0,80}\bsee\b|for (a |an |more |further )?(\w+ )?discussion of .{0,200}\bsee\b)|return to text|https?:\/\/|\bwww\.|\bworking paper (series )?(no\.?|\d)|\b(vol|pp|no)\. ?\d|\((pdf|washington: board|cambridge|new york: )|\bspeech delivered at\b|\bFEDS Notes?\b/i
const definition =
  /\b(is|are|can be|was|often|commonly) (defined|known) as\b|, defined as\b|\b(the term|the word|the phrase)\b.{0,40}\b(means|refers|measures|denotes)\b|\bthe term premium (measures|is)\b|\bfor the purposes of this\b|\bby definition\b|\bi define\b|\bwhich we (interpret|define) as\b/i
const mandate =
  /\b(is|are|am|remains?|remained)( \w+)? committed to\b.*\b(maximum employment|price stability|2 percent|two percent)\b/i
/** A list of five or more names. */
const list = /\b(includ(e|es|ing)|such as)\b( [\w'-]+){1,5}(,( [\w'-]+){1,4}){4,},? and\b/i
/** An episode is history two years after it ended, in a sentence that makes no claim about the present. */
const episodes: readonly { readonly ended: number; readonly pattern: RegExp }[] = [
  {
    ended: 2009,
    pattern:
      /\b(the (great|global) (financial )?(crisis|depression|recession)|(the|that) (2007|2008|2009|financial|global financial|savings and loan|asian|debt) (\S+ )?crisis|great (depression|recession|inflation)|GFC|panics? of|\b(late|early|mid|middle of the)?[- ]?(18th|19th|nineteenth|eighteenth)[- ]century|(early|first) (decades|years) (following|after|of) the (country|nation)'s|during the crisis|the crisis\b)/i,
  },
  { ended: 1998, pattern: /\b(long-term capital management|LTCM|asian crisis|russian default)\b/i },
  {
    ended: 2022,
    pattern:
      /\b(during|amid|in|in the wake of|following|at the (start|onset|height|beginning|outset) of|emerged from) the (covid-19 |covid )?pandemic\b/i,
  },
  { ended: 2023, pattern: /\b(silicon valley bank|SVB|signature bank|(march|spring) (of )?2023)\b/i },
]
const episodePatterns = episodes.map(({ pattern }) => pattern)
const presentFact =
  /\b(is|are|am|has|have|(it|that|there|what|here|who|he|she)'s|'ve|remains?|continues?|will|should|must|today|now|intermeeting|this (year|month|quarter|week|meeting)|last (year|month|quarter|week)|recent(ly)?|to date|currently|still(?!-)|need(s)?|can|since|demonstrat\w+ how|lessons?)\b/i
const present =
  /\b(is|are|am|apply|applies|do|does|don't|doesn't|has|have|(it|that|there|what|here|who|he|she)'s|'ve|remains?|continues?|will|should|must|can|may|might|could(?! have)|would(?! have)|cannot|today|now|currently|recent(ly)?|still(?!-)|need(s)?|suggests?|helps?|shows?|lessons?|i (think|believe|expect)|don't|let's)\b/i

/** The latest year in a sentence, the last one of a decade; undefined if it names none. */
const latestYear = (sentence: string): number | undefined => {
  const years = [...sentence.matchAll(/\b(1[89]\d\d|20[0-4]\d)(s?)\b/g)].map(([, year, decade]) =>
    decade ? Number(year) + 9 : Number(year),
  )
  return years.length ? Math.max(...years) : undefined
}

export const settings: readonly Setting[] = [
  { name: 'agenda', doc: 'States what the speaker will talk about.', patterns: [agenda, laterAgenda, topicOfTalk] },
  { name: 'thanks', doc: 'Thanks, greetings, disclaimers.', patterns: [thanks] },
  { name: 'note', doc: 'A reference or a footnote.', patterns: [note] },
  { name: 'definition', doc: 'Defines a term.', patterns: [definition] },
  { name: 'mandate', doc: 'Repeats the mandate.', patterns: [mandate] },
  { name: 'list', doc: 'Lists five or more things and makes no statement about any of them.', patterns: [list] },
  {
    name: 'history',
    doc: 'Describes an episode that ended two or more years before the speech, and makes no claim about the present.',
    patterns: [...episodePatterns, present, presentFact],
    holds: (sentence, year) => {
      const named = latestYear(sentence)
      if (named !== undefined) return named <= year - 2 && !presentFact.test(sentence)
      return (
        episodes.some(({ ended, pattern }) => ended <= year - 2 && pattern.test(sentence)) && !present.test(sentence)
      )
    },
  },
]

/** The first setting of a sentence, if it has one. */
export const settingOf = (sentence: string, year: number): Setting | undefined =>
  settings.find(({ patterns, holds }) => holds?.(sentence, year) ?? patterns.some((each) => each.test(sentence)))
