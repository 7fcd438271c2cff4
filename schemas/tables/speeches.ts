import { string, timestamp } from '../column.ts'
import { defineTable, knowledge, oneOf } from '../table.ts'

export const speeches = defineTable({
  name: 'speeches',
  doc: 'One row per Federal Reserve Board speech, part and vintage: the entry in the list of speeches and, once fetched, the text.',
  grain: ['speech_id', 'part', 'source', 'known_at'],
  yearOf: 'held_at',
  columns: {
    speech_id: string('Name of the web page, such as cook20231106a.'),
    part: string('`listing`: the announcement. `article`: the text.'),
    held_at: timestamp(
      'Instant of the speech, from the listing. An article gives only the day, for which noon New York is used.',
    ),
    speaker: string('Name without the title.'),
    role: string('Chair, Vice Chair or Governor, as in the title of the speaker.'),
    title: string('Title of the speech.'),
    location: string.nullable('Occasion and place.'),
    url: string('Page.'),
    body: string.nullable('Plain text without boilerplate and footnotes. NULL in a listing.'),
    footnotes: string.nullable('Footnotes and references. They are not searched for topics.'),
    ...knowledge,
  },
  invariants: [oneOf('part', ['listing', 'article'])],
})
