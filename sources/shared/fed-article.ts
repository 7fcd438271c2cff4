/** A page of the Board of Governors as text: heading, day and paragraphs, without menus, notes and footnote marks. */
import { convert } from 'html-to-text'
import type { Payload } from '../source.ts'
import { changed } from './wire.ts'

interface Article {
  readonly day: string
  readonly speaker: string
  readonly title: string
  readonly location: string
  readonly lines: readonly string[]
  /** What stands below the text: footnotes and references. */
  readonly notes: readonly string[]
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

export const articleText = (payload: Payload, html: string): Article => {
  const part = (selector: string) => paragraphsOf(html, selector).split('\n')[0]?.trim() ?? ''
  const day = part('p.article__time')
  const text = paragraphsOf(html, 'div#article')
  if (!day || !text) throw changed(payload, 'no #article with article__time')
  const [speaker, title, location] = [part('p.speaker'), part('h3.title'), part('p.location')]
  const heading = new Set([day, speaker, title, location])
  const lines = text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => !furniture.test(line))
  const end = lines.findIndex((line) => afterword.test(line))
  return {
    day,
    speaker,
    title,
    location,
    lines: lines.slice(0, end < 0 ? undefined : end).filter((line) => !heading.has(line)),
    notes: end < 0 ? [] : lines.slice(end),
  }
}
