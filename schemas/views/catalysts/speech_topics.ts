import { bigint, date, double, string, timestamp } from '../../column.ts'
import { speechSentences } from '../../tables/speech_sentences.ts'
import { topics } from '../../topics/index.ts'
import { defineView, quoted, raw, sql } from '../../view.ts'

/** Weight of a speaker by role, fixed beforehand. */
const speakerWeight = raw(
  `case when role like 'Chair%' then 1e0 when role like 'Vice Chair%' then 0.8e0 when role = 'Governor' then 0.7e0 else 0.5e0 end`,
)
/** A percentile needs this many earlier speeches. */
const fewestEarlier = 20
const ownPast = 10

export const speechTopics = defineView({
  name: 'speech_topics',
  doc: 'One row per speech and topic: how much of the speech is about the topic, how unusual that is among earlier speeches, and how new the topic is for the speaker.',
  grain: ['speech_id', 'topic'],
  columns: {
    speech_id: string('Speech.'),
    topic: string('Topic.'),
    speaker: string('Speaker.'),
    role: string('Chair, Vice Chair or Governor.'),
    held_at: timestamp('Instant at which the speech was held.'),
    sentence_count: bigint('Number of sentences about the topic.', { unit: 'sentences' }),
    asserted_count: bigint('Number of those sentences that neither deny nor hedge it.', { unit: 'sentences' }),
    per_1000_words: double('Asserted sentences per 1,000 words of the speech.', { unit: 'per 1,000 words' }),
    score: double('per_1000_words times the weight of the role: Chair 1, Vice Chair 0.8, Governor 0.7, others 0.5.', {
      unit: 'per 1,000 words',
    }),
    score_percentile: double.nullable(
      'Share of the scores of this topic in earlier speeches that are not above this score. NULL for fewer than 20 earlier speeches.',
      { unit: 'fraction' },
    ),
    novelty: double.nullable(
      "1 - share of the speaker's last ten speeches that are about the topic. NULL for the first speech.",
      {
        unit: 'fraction',
      },
    ),
    earlier_speech_count: bigint('Number of earlier speeches by all speakers.', { unit: 'speeches' }),
    known_at: timestamp('When the text became known.'),
    known_session: date('First session on whose evening the row is known.'),
  },
  sql: sql`
    with speeches as (
      select speech_id, speaker, role, held_at, word_count, known_at, known_session
      from ${speechSentences}
      where sentence_number = 0
    ),
    counted as (
      select
        speech_id, topic, count(*) as sentence_count,
        sum(case when is_negated or is_hedged then 0 else 1 end) as asserted_count
      from ${speechSentences}
      where sentence_number > 0
      group by speech_id, topic
    ),
    scored as (
      select
        s.speech_id, s.speaker, s.role, s.held_at, s.known_at, s.known_session, topics.topic,
        coalesce(c.sentence_count, 0) as sentence_count,
        coalesce(c.asserted_count, 0) as asserted_count,
        1e3 * coalesce(c.asserted_count, 0) / nullif(s.word_count, 0) as per_1000_words
      from speeches s
      cross join (values ${raw(topics.map(({ name }) => `(${quoted(name)})`).join(', '))}) as topics(topic)
      left join counted c on c.speech_id = s.speech_id and c.topic = topics.topic
    ),
    weighted as (
      select
        scored.*,
        coalesce(per_1000_words, 0e0) * ${speakerWeight} as score
      from scored
    ),
    pairs as (
      select
        t.speech_id, t.topic,
        case when e.score <= t.score + 1e-12 then 1 else 0 end as is_not_above,
        case when e.sentence_count > 0 then 1 else 0 end as is_about,
        case when e.speaker = t.speaker then row_number() over (partition by t.speech_id, t.topic, case when e.speaker = t.speaker then 1 else 0 end order by e.held_at desc, e.speech_id) end as own_recency
      from weighted t
      join weighted e on e.topic = t.topic and e.known_at < t.known_at and e.held_at < t.held_at
    ),
    placed as (
      select
        speech_id, topic, count(*) as earlier_count,
        cast(sum(is_not_above) as double) / count(*) as share_not_above,
        cast(sum(case when own_recency <= ${ownPast} then is_about end) as double) / nullif(count(case when own_recency <= ${ownPast} then 1 end), 0) as own_share
      from pairs
      group by speech_id, topic
    )
    select
      w.speech_id, w.topic, speaker, role, held_at, sentence_count, asserted_count,
      coalesce(per_1000_words, 0e0) as per_1000_words, score,
      case when earlier_count >= ${fewestEarlier} then share_not_above end as score_percentile,
      1 - own_share as novelty,
      coalesce(earlier_count, 0) as earlier_speech_count,
      known_at, known_session
    from weighted w
    left join placed p on p.speech_id = w.speech_id and p.topic = w.topic
  `,
})
