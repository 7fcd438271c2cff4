/** Speeches of the Federal Reserve Board: the JSON list, and the article of each. */
import { convert } from 'html-to-text'
import { z } from 'zod'
import { newYorkDate } from '../pipeline/calendar/sessions.ts'
import { speeches } from '../schemas/tables/speeches.ts'
import { browserHeaders, type Decoded, decoded, defineSource, type Payload } from './source.ts'
import { cellReader, changed, jsonOf, textOf } from './wire.ts'

const site = 'https://www.federalreserve.gov'
const listing = 'listing'
const shape = z.array(
  z.object({ d: z.string(), t: z.string(), s: z.string(), lo: z.string().optional(), l: z.string() }).partial(),
)

const titles =
  /^(Vice Chair(?:man|woman)? for Supervision|Vice Chair(?:man|woman)?|Chair(?:man|woman)? Pro Tempore|Chair(?:man|woman)?|Governor)\s+/

const speakerOf = (text: string) => {
  const role = titles.exec(text)?.[1] ?? ''
  return { role: role.replace(/Chair(man|woman)/, 'Chair'), speaker: text.replace(titles, '').trim() }
}

const idOf = (path: string) => /([^/]+)\.htm$/.exec(path)?.[1] ?? path

const fromListing = (payload: Payload): Decoded[] => {
  const items = jsonOf(payload, shape).filter((item) => item.l)
  if (items.length === 0) throw changed(payload, 'no speeches')
  return items.map((item, i) => {
    const cell = cellReader(payload, speeches, i + 1, `${item.l}`)
    return decoded(speeches, i + 1, {
      speech_id: idOf(item.l ?? ''),
      part: listing,
      held_at: cell.newYorkTime('held_at', item.d ?? '', 'M/d/yyyy h:mm:ss a'),
      ...speakerOf(item.s ?? ''),
      title: item.t ?? null,
      location: item.lo ?? null,
      url: `${site}${item.l}`,
      body: null,
    })
  })
}

const paragraphsOf = (html: string, selector: string) =>
  convert(html, {
    baseElements: { selectors: [selector], returnDomByDefault: false },
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'sup', format: 'skip' },
      { selector: 'img', format: 'skip' },
      { selector: 'hr', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5'].map((each) => ({ selector: each, options: { uppercase: false } })),
    ],
  }).trim()

/** What follows the text: notes, references and the site's own links. */
const afterword = /^(Return to text|References|Footnotes?|\d+\. )|Return to text$/

/** Empty lines and the site's sharing menu. */
const furniture = /^\*?\s*(Share)?$/

const fromArticle = (payload: Payload, html: string): Decoded[] => {
  const part = (selector: string) => paragraphsOf(html, selector).split('\n')[0]?.trim() ?? ''
  const day = part('p.article__time')
  const who = part('p.speaker')
  const text = paragraphsOf(html, 'div#article')
  if (!day || !who || !text) throw changed(payload, 'no #article with article__time and speaker')
  const cell = cellReader(payload, speeches, 1, payload.key)
  const title = part('h3.title')
  const location = part('p.location')
  const heading = new Set([day, who, title, location])
  const lines = text.split(/\n+/).map((line) => line.trim())
  const end = lines.findIndex((line) => afterword.test(line))
  const body = lines.slice(0, end < 0 ? undefined : end).filter((line) => !furniture.test(line) && !heading.has(line))
  return [
    decoded(speeches, 1, {
      speech_id: idOf(/\.htm$/.test(payload.key) ? payload.key : `${payload.key}.htm`),
      part: 'article',
      held_at: cell.newYorkTime('held_at', `${day} 12:00`, 'MMMM d, yyyy HH:mm'),
      ...speakerOf(who),
      title,
      location: location || null,
      url: payload.url ?? `${site}/newsevents/speech/${idOf(`${payload.key}.htm`)}.htm`,
      body: body.join('\n'),
    }),
  ]
}

export const fedSpeeches = defineSource({
  name: 'fed_speeches',
  doc: 'Speeches of the Board of Governors: who, when, where, and the text.',
  homepage: `${site}/newsevents/speeches.htm`,
  licence: 'Public domain; cite the Board of Governors of the Federal Reserve System.',
  tables: [speeches],
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
    const text = textOf(payload)
    return /^\s*</.test(text) ? fromArticle(payload, text) : fromListing(payload)
  },
})
