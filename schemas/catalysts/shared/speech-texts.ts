/** Texts of speeches with the time from their listing, since an article gives only the day. */
import { speeches } from '../../tables/speeches.ts'
import { type Sql, sql } from '../../view.ts'

/** The first listing of each speech. */
const speechListings: Sql = sql`
  select speech_id, min(known_at) as known_at, min_by(held_at, known_at) as held_at
  from ${speeches} where part = 'listing' group by speech_id`

/** Every part of a speech, known from its own `known_at` or from that of the listing, whichever is later. */
export const speechParts: Sql = sql`
  select
    s.speech_id, s.part, coalesce(l.held_at, s.held_at) as held_at, s.speaker, s.role, s.title, s.url, s.body,
    greatest(s.known_at, coalesce(l.known_at, s.known_at)) as known_at, s.known_basis, s.source, s.bronze_key
  from ${speeches} s
  left join (${speechListings}) l on l.speech_id = s.speech_id`
