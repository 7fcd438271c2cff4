/** Version 1 of the rule for speeches: a list of words per topic, without homonyms, settings and negation. */
import { type Known, knownAs, rule, unsaid } from '../../catalyst.ts'
import { sentencesOf } from '../../topics/shared/sentences.ts'
import { sql } from '../../view.ts'
import { speechParts } from '../shared/speech-texts.ts'

const topics: readonly { readonly name: string; readonly doc: string; readonly pattern: RegExp }[] = [
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

interface Candidate extends Known {
  speech_id: string
  held_at: string
  speaker: string
  role: string
  title: string
  body: string
}

const topicsOf = (text: string) => {
  const sentences = sentencesOf(text)
  return topics.flatMap(({ name, pattern }) => {
    const sentence = sentences.find((each) => pattern.test(each))
    return sentence ? [{ topic: name, sentence }] : []
  })
}

export const plainTopics = rule<Candidate>({
  version: 1,
  candidates: sql`select * from (${speechParts}) as parts where part = 'article' and body is not null order by known_at`,
  tag: (speech, calendar) => {
    const found = topicsOf(speech.body)
    return [
      {
        ...unsaid,
        catalyst_id: `fed_speech:${speech.speech_id}`,
        entity: speech.speaker,
        status: 'held',
        title: `${speech.role ? `${speech.role} ` : ''}${speech.speaker}: ${speech.title}`,
        occurred_at: speech.held_at,
        session: calendar.sessionHit(speech.held_at),
        tags: found.length ? found.map(({ topic }) => topic).join(',') : null,
        evidence: found.length ? found.map(({ topic, sentence }) => `${topic}: “${sentence}”`).join('\n') : null,
        ...knownAs(speech),
      },
    ]
  },
})
