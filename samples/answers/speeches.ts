/** Speeches of the Board in the wire formats of its site. */
import { DateTime } from 'luxon'
import { earlierSpeeches, sampleSpeech } from '../speech.ts'

const instantOf = (listed: string) =>
  DateTime.fromFormat(listed, 'M/d/yyyy h:mm:ss a', { zone: 'America/New_York', locale: 'en-US' })

export const fedListing = (now: Date): string => {
  const all = [sampleSpeech, ...earlierSpeeches].filter(({ listed }) => instantOf(listed).toJSDate() <= now)
  const items = all.map(({ listed, title, speaker, location, id }) => ({
    d: listed,
    t: title,
    s: speaker,
    lo: location,
    l: `/newsevents/speech/${id}.htm`,
  }))
  return `\uFEFF${JSON.stringify(items)}`
}

export const fedArticle = (id: string): string => {
  const speech = [sampleSpeech, ...earlierSpeeches].find((each) => each.id === id) ?? sampleSpeech
  return articlePage(
    instantOf(speech.listed).toFormat('MMMM d, yyyy'),
    `<h3 class='title'>${speech.title}</h3>
<p class="speaker">${speech.speaker}</p><p class='location'>${speech.location}</p>`,
    [...speech.paragraphs, '1. Written for the sample.'],
  )
}

export const articlePage = (day: string, heading: string, paragraphs: readonly string[]): string =>
  `<!doctype html><html><body><div id="article"><div class="heading">
<p class='article__time'>${day}</p>${heading}</div>
<div>${paragraphs.map((each) => `<p>${each}</p>`).join('\n')}</div></div></body></html>`
