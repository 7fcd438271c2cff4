/** Speeches of the Federal Reserve Board: the JSON list of speeches, and the article of each speech. */
import * as z from 'zod'
import { newYorkDate } from '../calendar/sessions.ts'
import { speeches } from '../schemas/tables/speeches.ts'
import { articleText } from './shared/fed-article.ts'
import { cellReader, changed, htmlOf, jsonOf, textOf } from './shared/wire.ts'
import { browserHeaders, type Decoded, decoded, defineSource, type Payload } from './source.ts'

const site = 'https://www.federalreserve.gov'
const listing = 'listing'
const speech = z.object({
  d: z.string(),
  t: z.string(),
  s: z.string(),
  lo: z.string().optional(),
  l: z.string().min(1),
})
/** The list may hold an entry that only says when it was written. */
const isStamp = (item: unknown) => z.strictObject({ updateDate: z.string() }).safeParse(item).success
const shape = z.preprocess(
  (list) => (Array.isArray(list) ? list.filter((item) => !isStamp(item)) : list),
  z.array(speech),
)

const titles =
  /^(Vice Chair(?:man|woman)? for Supervision|Vice Chair(?:man|woman)?|Chair(?:man|woman)? Pro Tempore|Chair(?:man|woman)?|Governor)\s+/

const speakerOf = (text: string) => {
  const role = titles.exec(text)?.[1] ?? ''
  return { role: role.replace(/Chair(man|woman)/, 'Chair'), speaker: text.replace(titles, '').trim() || null }
}

const idOf = (path: string) => /([^/]+)\.htm$/.exec(path)?.[1] ?? path

const fromListing = (payload: Payload): Decoded[] => {
  const items = jsonOf(payload, shape)
  if (items.length === 0) throw changed(payload, 'no speeches')
  if (items.every(({ lo }) => lo === undefined)) throw changed(payload, 'no speech has the key lo, its occasion')
  return items.map((item, i) => {
    const cell = cellReader(payload, speeches, i + 1, item.l)
    return decoded(speeches, i + 1, {
      speech_id: idOf(item.l),
      part: listing,
      held_at: cell.newYorkTime('held_at', item.d, 'M/d/yyyy h:mm:ss a'),
      ...speakerOf(item.s),
      title: item.t || null,
      location: item.lo ?? null,
      url: `${site}${item.l}`,
      body: null,
      footnotes: null,
    })
  })
}

const fromArticle = (payload: Payload, html: string): Decoded[] => {
  const { day, speaker, title, location, lines, notes } = articleText(payload, html)
  if (!speaker) throw changed(payload, 'no #article with a speaker')
  const cell = cellReader(payload, speeches, 1, payload.key)
  return [
    decoded(speeches, 1, {
      speech_id: idOf(/\.htm$/.test(payload.key) ? payload.key : `${payload.key}.htm`),
      part: 'article',
      held_at: cell.newYorkTime('held_at', `${day} 12:00`, 'MMMM d, yyyy HH:mm'),
      ...speakerOf(speaker),
      title: title || null,
      location: location || null,
      url: payload.url ?? `${site}/newsevents/speech/${idOf(`${payload.key}.htm`)}.htm`,
      body: lines.join('\n'),
      footnotes: notes.join('\n') || null,
    }),
  ]
}

export const fedSpeeches = defineSource({
  name: 'fed_speeches',
  doc: 'Speeches of the Board of Governors: speaker, time, place and text.',
  homepage: `${site}/newsevents/speeches.htm`,
  licence: 'Public domain; cite the Board of Governors of the Federal Reserve System.',
  tables: [speeches],
  proof: { on: 'recorded bytes', since: '2026-11-23', scope: 'the pages of speeches; of the list three entries' },
  hosts: ['www.federalreserve.gov'],
  lag: { kind: 'column', column: 'held_at' },
  rate: { requests: 2, seconds: 1 },
  headers: browserHeaders,
  extension: 'json',
  lookBack: 5,
  rhythm: 'event',
  request: () => [{ key: listing, url: `${site}/json/ne-speeches.json` }],
  follow: (payload, { from, to }) =>
    (payload.key === listing ? fromListing(payload) : []).flatMap(({ values }) => {
      const held = newYorkDate(new Date(String(values.held_at)))
      if (held < from || held > to || new Date(String(values.held_at)) > payload.fetchedAt) return []
      return [{ key: String(values.speech_id), url: String(values.url) }]
    }),
  rows: (payload) => {
    return /^\s*</.test(textOf(payload)) ? fromArticle(payload, htmlOf(payload)) : fromListing(payload)
  },
})
