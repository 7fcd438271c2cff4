/** Topics of central-bank speech: rules as data, matched sentence by sentence. Each tag can name its rule and its text. */

export interface Topic {
  readonly name: string
  readonly doc: string
  readonly pattern: RegExp
}

export const topics: readonly Topic[] = [
  {
    name: 'private_credit',
    doc: 'Nonbank loans to businesses: private credit and debt funds, direct lending, business development companies.',
    pattern: /\bprivate[- ](credit|debt)\b|\bdirect lend(ing|ers?)\b|\bbusiness development compan(y|ies)\b|\bBDCs?\b/i,
  },
  {
    name: 'asset_valuations',
    doc: 'Level or sustainability of asset prices and risk premia.',
    pattern:
      /\basset (valuations?|prices?)\b|\bvaluations?\b.{0,60}\b(elevated|stretched|high|rich|pressures?)\b|\b(elevated|stretched|high)\b.{0,40}\bvaluations?\b|\brisk premi(a|ums?)\b|\b(house|home|equity|stock|property|real estate) prices?\b/i,
  },
  {
    name: 'interconnection_leverage',
    doc: 'Links between banks and nonbanks, counterparty risk, contagion, nonbank leverage.',
    pattern:
      /\binterconnect(ed|ions?|edness)\b|\binterlink|\bcounterpart(y|ies)\b.{0,40}\b(risk|credit|exposure)|\bcontagion\b|\b(hedge funds?|nonbanks?|dealers?)\b.{0,60}\bleverage|\bleverage\b.{0,60}\b(hedge funds?|nonbanks?|nonbank financial)/i,
  },
  {
    name: 'liquidity_funding',
    doc: 'Market liquidity, runs, repo, reserves, funding.',
    pattern:
      /\bliquidity\b|\bfunding (markets?|risks?|strains?|pressures?|stress)\b|\brepo\b|\bfire sales?\b|\bruns?\b.{0,20}\b(on|risk)\b|\bdiscount window\b/i,
  },
  {
    name: 'inflation',
    doc: 'Inflation, price pressure, expectations.',
    pattern: /\b(dis)?inflation(ary)?\b|\bprice (pressures?|stability|increases)\b/i,
  },
  {
    name: 'labour_market',
    doc: 'Jobs, wages, unemployment, participation.',
    pattern:
      /\blabou?r (market|force)\b|\bunemployment\b|\bpayrolls?\b|\bwages?\b|\bjob (gains|growth|openings|losses)\b|\bemployment (growth|gains)\b/i,
  },
  {
    name: 'policy_rate',
    doc: 'Level, path and stance of the policy rate.',
    pattern:
      /\b(policy|federal funds) rate\b|\brate (cuts?|hikes?|increases?)\b|\b(restrictive|accommodative)\b|\bneutral rate\b/i,
  },
]

/** Sentences of a plain text; an abbreviation's full stop does not end one. */
export const sentencesOf = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((paragraph) =>
      paragraph.replace(/\b(Mr|Mrs|Ms|Dr|St|vs|U\.S|e\.g|i\.e)\./g, '$1․').split(/(?<=[.!?]["”)]?)\s+(?=["“(]?[A-Z])/),
    )
    .map((sentence) => sentence.replaceAll('․', '.').trim())
    .filter(Boolean)

/** Topics that a text is about, each with the first sentence that shows it. */
export const topicsOf = (text: string): { topic: string; sentence: string; count: number }[] => {
  const sentences = sentencesOf(text)
  return topics.flatMap(({ name, pattern }) => {
    const hits = sentences.filter((sentence) => pattern.test(sentence))
    return hits[0] ? [{ topic: name, sentence: hits[0], count: hits.length }] : []
  })
}
