import { string, timestamp } from '../column.ts'
import { defineTable, knowledge } from '../table.ts'

export const speeches = defineTable({
  name: 'speeches',
  doc: 'One row per Federal Reserve Board speech, part and vintage: its listing and, once fetched, its text.',
  grain: ['speech_id', 'part', 'source', 'known_at'],
  yearOf: 'held_at',
  columns: {
    speech_id: string('Name of the page, such as cook20231106a.'),
    part: string('`listing`: the announcement. `article`: the text.'),
    held_at: timestamp('When it was given, by the listing; an article alone says the day, noon New York.'),
    speaker: string('Name without the title.'),
    role: string('Chair, Vice Chair or Governor, as titled.'),
    title: string('Title of the speech.'),
    location: string.nullable('Occasion and place.'),
    url: string('Page.'),
    body: string.nullable('Plain text without boilerplate and footnotes; NULL in a listing.'),
    footnotes: string.nullable('Footnotes and references below the text; no topic is read from them.'),
    ...knowledge,
  },
})
