import { defineCatalyst, type Known, knownAs, unsaid } from '../catalyst.ts'
import { speechSentences } from '../tables/speech_sentences.ts'
import { speeches } from '../tables/speeches.ts'
import { sql } from '../view.ts'
import { plainTopics } from './earlier/fed-speech-v1.ts'
import { speechParts } from './shared/speech-texts.ts'

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
  doc: 'A speech of the Board of Governors. The listing gives the instant of the speech. Once the text is fetched, the speech is tagged with the topics of its sentences; the evidence names the rule and the sentence of each topic.',
  scope: 'market',
  version: 2,
  // Only the list of speeches shows that nobody spoke. Blackout periods and holidays last up to four weeks.
  coverage: { signs: [{ table: speeches, where: { part: 'listing' }, asked: 'listing' }], longestSilence: 31 },
  earlier: [plainTopics],
  // The evidence of a topic is the first sentence that asserts it. A topic that is only denied is not tagged.
  candidates: sql`
    with parts as (${speechParts}),
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
      p.speech_id, p.held_at, p.speaker, p.role, p.title, p.url,
      case when part = 'article' then t.tags end as tags,
      case when part = 'article' then t.evidence end as evidence,
      case when part = 'article' then coalesce(n.hawkish_count, 0) else 0 end as hawkish_count,
      case when part = 'article' then coalesce(n.dovish_count, 0) else 0 end as dovish_count,
      p.known_at, p.known_basis, p.source, p.bronze_key
    from parts p
    left join tagged t on t.speech_id = p.speech_id
    left join stances n on n.speech_id = p.speech_id
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
