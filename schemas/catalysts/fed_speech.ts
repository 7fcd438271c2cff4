import { defineCatalyst, type Known, knownAs, unsaid } from '../catalyst.ts'
import { speechSentences } from '../tables/speech_sentences.ts'
import { speeches } from '../tables/speeches.ts'
import { sql } from '../view.ts'
import { plainTopics } from './earlier/fed_speech_v1.ts'

interface Candidate extends Known {
  speech_id: string
  held_at: string
  speaker: string
  role: string
  title: string
  url: string
  tags: string | null
  evidence: string | null
  hawkish_count: number
  dovish_count: number
}

export const fedSpeech = defineCatalyst<Candidate>({
  kind: 'fed_speech',
  doc: 'A speech of the Board of Governors: held by its listing, tagged once its text is there with the topics of its sentences, each with its rule and the sentence.',
  scope: 'market',
  version: 2,
  earlier: [plainTopics],
  // A topic is told by its first sentence that asserts it; one that is only denied is no tag.
  candidates: sql`
    with listings as (
      select speech_id, min(known_at) as known_at, min_by(held_at, known_at) as held_at from ${speeches} where part = 'listing' group by speech_id
    ),
    texts as (
      select
        speech_id, topic, count(*) as sentence_count, min(known_at) as known_at,
        min_by(rule || ' (' || words || '): “' || sentence || '”', sentence_number) as shown
      from ${speechSentences}
      where topic <> 'none' and not is_negated
      group by speech_id, topic
    ),
    stances as (
      select speech_id, count(*) filter (stance = 'hawkish') as hawkish_count, count(*) filter (stance = 'dovish') as dovish_count
      from (select distinct speech_id, sentence_number, stance from ${speechSentences}) group by speech_id
    ),
    tagged as (
      select
        speech_id,
        string_agg(topic, ',' order by sentence_count desc, topic) as tags,
        string_agg(shown || ', ' || sentence_count || case when sentence_count = 1 then ' sentence' else ' sentences' end, chr(10) order by sentence_count desc, topic) as evidence
      from texts group by speech_id
    )
    select
      s.speech_id, coalesce(l.held_at, s.held_at) as held_at, s.speaker, s.role, s.title, s.url,
      case when s.part = 'article' then t.tags end as tags,
      case when s.part = 'article' then t.evidence end as evidence,
      case when s.part = 'article' then coalesce(n.hawkish_count, 0) else 0 end as hawkish_count,
      case when s.part = 'article' then coalesce(n.dovish_count, 0) else 0 end as dovish_count,
      greatest(s.known_at, coalesce(l.known_at, s.known_at)) as known_at, s.known_basis, s.source, s.bronze_key
    from ${speeches} s
    left join listings l on l.speech_id = s.speech_id
    left join tagged t on t.speech_id = s.speech_id
    left join stances n on n.speech_id = s.speech_id
    order by known_at, part desc`,
  tag: (speech, calendar) => {
    const isAnnounced = speech.known_at < speech.held_at
    const tilt = speech.hawkish_count - speech.dovish_count
    const hasStance = speech.hawkish_count + speech.dovish_count > 0
    return [
      {
        ...unsaid,
        catalyst_id: `fed_speech:${speech.speech_id}`,
        entity: speech.speaker,
        status: isAnnounced ? 'confirmed' : 'held',
        title: `${speech.role ? `${speech.role} ` : ''}${speech.speaker}: ${speech.title}`,
        scheduled_at: isAnnounced ? speech.held_at : null,
        occurred_at: isAnnounced ? null : speech.held_at,
        session: isAnnounced ? null : calendar.sessionHit(speech.held_at),
        direction: hasStance ? (tilt > 0 ? 'hawkish' : tilt < 0 ? 'dovish' : 'neutral') : null,
        tags: speech.tags,
        evidence: speech.evidence,
        ...knownAs(speech),
      },
    ]
  },
})
