/** Sentences of speeches with their topics, by the rules in schemas/topics. */

import { knowledgeOf } from '../../calendar/knowledge.ts'
import { isInHorizon } from '../../calendar/sessions.ts'
import { speechParts } from '../../schemas/catalysts/shared/speech-texts.ts'
import { speechSentences } from '../../schemas/tables/speech_sentences.ts'
import { speeches } from '../../schemas/tables/speeches.ts'
import { read, rulesText } from '../../schemas/topics/shared/classify.ts'
import { sentencesOf } from '../../schemas/topics/shared/sentences.ts'
import type { Computation } from '../compute/computation.ts'

interface Speech {
  speech_id: string
  held_at: string
  speaker: string
  role: string
  body: string
  source: string
  known_at: string
  known_basis: string
  bronze_key: string | null
}

/** The first text of each speech. */
const firstTexts = `
  select * from (${speechParts.text}) as parts
  where part = 'article' and body is not null
  qualify row_number() over (partition by speech_id order by known_at, source) = 1
  order by speech_id`

export const speechSentencesComputation: Computation = {
  into: speechSentences,
  reads: [speeches],
  daysBack: 1,
  definition: rulesText(),
  means: 'code',
  produce: async ({ engine }) => {
    const found = await engine.rows<Speech>(firstTexts)
    await engine.load('computed', speechSentences.columns, found.flatMap(rowsOf))
    return 'computed'
  },
}

const rowsOf = ({ speech_id, held_at, speaker, role, body, source, known_at, known_basis, bronze_key }: Speech) => {
  const knowledge = knowledgeOf({ source, known_at, known_basis, bronze_key })
  const about = { speech_id, held_at, speaker, role, word_count: body.match(/[\w’'-]+/g)?.length ?? 0 }
  const year = Number(held_at.slice(0, 4))
  const whole = {
    ...about,
    sentence_number: 0,
    topic: 'none',
    rule: 'none',
    words: '',
    sentence: '',
    is_negated: false,
    is_hedged: false,
    stance: null,
    ...knowledge,
  }
  const mentions = sentencesOf(body).flatMap((sentence, i) => {
    const { mentions: found, stance, isHedged } = read(sentence, year)
    return found.map(({ topic, rule, words, isNegated }) => ({
      ...about,
      sentence_number: i + 1,
      topic,
      rule,
      words,
      sentence,
      is_negated: isNegated,
      is_hedged: isHedged,
      stance,
      ...knowledge,
    }))
  })
  return isInHorizon(knowledge.known_session) ? [whole, ...mentions] : []
}
