import { bigint, boolean, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const speechSentences = defineTable({
  name: 'speech_sentences',
  doc: 'One row per speech, sentence and topic that it is about: the sentence itself, the rule and the words that show it.',
  grain: ['speech_id', 'sentence_number', 'topic'],
  yearOf: 'held_at',
  origin: 'tag',
  columns: {
    speech_id: string('Speech.'),
    held_at: timestamp('When it was held.'),
    speaker: string('Speaker.'),
    role: string('Chair, Vice Chair or Governor.'),
    word_count: bigint('Words of the whole speech.', { unit: 'words' }),
    sentence_number: bigint('Position in the speech, from 1; 0 is a row that stands for the speech itself.'),
    topic: string('Topic; `none` in the row that stands for the speech itself.'),
    rule: string('Rule that found it.'),
    words: string('Words that the rule matched.'),
    sentence: string('The sentence, verbatim.'),
    is_negated: boolean('Whether the mention is denied, or the risk assessed as low or absent.'),
    is_hedged: boolean('Whether the sentence says may, could, possibly.'),
    stance: string.nullable('`hawkish`, `dovish` or `neutral`, of sentences on inflation, labour or the policy rate.'),
    ...knowledge,
  },
})
