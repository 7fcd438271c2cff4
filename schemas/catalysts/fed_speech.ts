import { type CatalystRow, defineCatalyst, unsaid } from '../catalyst.ts'
import { speeches } from '../tables/speeches.ts'
import { sql } from '../view.ts'
import { topicsOf } from './topics.ts'

interface Candidate {
  speech_id: string
  part: 'listing' | 'article'
  held_at: string
  speaker: string
  role: string
  title: string
  body: string | null
  known_at: string
  known_basis: string
  source: string
  bronze_key: string | null
}

export const fedSpeech = defineCatalyst<Candidate>({
  kind: 'fed_speech',
  doc: 'A speech of the Board of Governors: held by its listing, tagged with topics once its text is there.',
  scope: 'market',
  version: 1,
  // An article says the day only; the listing knows the hour.
  candidates: sql`
    select
      s.speech_id, s.part, coalesce(l.held_at, s.held_at) as held_at, s.speaker, s.role, s.title, s.body,
      greatest(s.known_at, coalesce(l.known_at, s.known_at)) as known_at, s.known_basis, s.source, s.bronze_key
    from ${speeches} s
    left join (
      select speech_id, min(known_at) as known_at, max_by(held_at, known_at) as held_at
      from ${speeches} where part = 'listing' group by speech_id
    ) l on l.speech_id = s.speech_id
    order by known_at, part desc`,
  tag: (speech, calendar): CatalystRow[] => {
    const found = topicsOf(speech.body ?? '')
    const announced = speech.known_at < speech.held_at
    return [
      {
        ...unsaid,
        catalyst_id: `fed_speech:${speech.speech_id}`,
        entity: speech.speaker,
        status: announced ? 'scheduled' : 'held',
        title: `${speech.role ? `${speech.role} ` : ''}${speech.speaker}: ${speech.title}`,
        scheduled_at: announced ? speech.held_at : null,
        occurred_at: announced ? null : speech.held_at,
        session: announced ? null : calendar.sessionHit(speech.held_at),
        tags: found.length ? found.map(({ topic }) => topic).join(',') : null,
        evidence: found.length ? found.map(({ topic, sentence }) => `${topic}: “${sentence}”`).join('\n') : null,
        known_at: speech.known_at,
        known_basis: speech.known_basis,
        source: speech.source,
        bronze_key: speech.bronze_key,
      },
    ]
  },
})
