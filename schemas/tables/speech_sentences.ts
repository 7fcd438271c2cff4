import { bigint, boolean, string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const speechSentences = defineTable({
  name: 'speech_sentences',
  doc: 'One row per speech, sentence and topic of the sentence: its text, and the rule and words that assign the topic.',
  grain: ['speech_id', 'sentence_number', 'topic'],
  yearOf: 'held_at',
  origin: 'tag',
  columns: {
    speech_id: string('Speech.'),
    held_at: timestamp('Instant at which the speech was held.'),
    speaker: string('Speaker.'),
    role: string('Chair, Vice Chair or Governor.'),
    word_count: bigint('Words of the whole speech.', { unit: 'words' }),
    sentence_number: bigint('Position in the speech, from 1. 0 is a row for the whole speech.'),
    topic: string('Topic. `none` in the row for the whole speech.'),
    rule: string('Rule that assigns the topic.'),
    words: string('Words that the rule matched.'),
    sentence: string('The sentence, verbatim.'),
    is_negated: boolean('True if the sentence denies the mention, or assesses the risk as low or absent.'),
    is_hedged: boolean('True if the sentence hedges with a word such as may, could or possibly.'),
    stance: string.nullable(
      '`hawkish`, `dovish` or `neutral`. NULL for sentences that are not about inflation, labour or the policy rate.',
    ),
    ...knowledge,
  },
})
