/** The frame of every page of the site: head, navigation, scripts. Pages refer to one another by relative addresses only. */
import { html, raw } from 'hono/html'
import type { Html, LineData } from '../html/exhibit.ts'
import { unbroken } from '../html/unbroken.ts'
import { asTable } from '../language/counts.ts'
import { type Language, saying } from '../language/language.ts'

export interface Frame {
  readonly language: Language
  readonly title: string
  /** Way from the page to the root of the site: empty, or `../`. */
  readonly root: '' | '../'
  /** Data files that the page loads, without `data/` and `.js`. */
  readonly data?: readonly string[]
  readonly notice?: Html | ''
  readonly footer?: Html
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:"

export const framed = ({ language, title, root, data = [], notice = '', footer }: Frame, body: Html): string => {
  const say = saying(language)
  const links = [
    ['index', say('site_evenings')],
    ['signals', say('nav_signals')],
    ['calendar', say('site_calendar')],
    ['dictionary', say('site_dictionary')],
  ] as const
  const scripts = data.length
    ? [`${root}assets/uplot.js`, ...data.map((name) => `${root}data/${name}.js`), `${root}assets/site.js`]
    : []
  return String(html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${root}assets/uplot.css"><link rel="stylesheet" href="${root}assets/site.css"></head>
<body><header><nav aria-label="${say('nav')}">${links.map(([page, name]) => html`<a href="${root}${page}.html">${name}</a>`)}</nav>${notice}</header>
${body}
${footer ?? html`<footer class="quiet"><p>${say('footer_time')}</p></footer>`}
${scripts.map((address) => html`<script src="${address}"></script>`)}</body></html>\n`)
}

/** A data file: a script, because a page opened from a folder may not fetch. */
export const dataFile = (name: string, value: unknown): string =>
  `(window.precursor=window.precursor||{})[${JSON.stringify(name)}]=${JSON.stringify(value).replaceAll('<', '\\u003c')}\n`

export interface ChartPlace {
  readonly series: string
  readonly columns: readonly string[]
  readonly labels: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly level?: number
  /** The words that stand at the line of the level. */
  readonly levelText?: string
  /** Session that is marked. */
  readonly at?: string
  readonly height?: number
  readonly figure?: LineData['figure'] | 'count'
  /** Texts of the values 0 and 1, for a series that has no other. */
  readonly answers?: readonly [no: string, yes: string]
}

/** The place of a chart that the script of the site draws: hover, zoom by dragging, and ranges. */
export const chartPlace = (
  { series, columns, labels, from, to, level, levelText, at, height, figure, answers }: ChartPlace,
  language: Language,
  hasRanges = true,
): string => {
  const say = saying(language)
  const buttons = hasRanges
    ? html`<p class="ranges">${[1, 5, 20, 0].map((years) => html`<button type="button" data-years="${years}">${years ? say('site_years', { count: years }) : say('site_all')}</button>`)}</p>`
    : ''
  return String(
    html`<div>${buttons}<div class="chart" data-series="${series}" data-columns="${columns.join(',')}" data-labels="${labels.join('|')}" data-session="${say('column_session')}"${from ? raw(` data-from="${from}"`) : ''}${to ? raw(` data-to="${to}"`) : ''}${level === undefined ? '' : raw(` data-level="${level}"`)}${levelText ? html` data-level-text="${levelText}"` : ''}${at ? raw(` data-at="${at}"`) : ''}${figure ? raw(` data-figure="${figure}"`) : ''}${answers ? html` data-answers="${answers.join('|')}"` : ''}${height ? raw(` data-height="${height}"`) : ''}></div></div>`,
  )
}

/** A chart of lines with data of its own, and its table, which the script makes when a reader unfolds it. */
export const ownChart = (
  { sessions, lines, figure, level, levelText }: LineData,
  alternative: string,
  at: string,
  language: Language,
): Html => {
  const say = saying(language)
  const data = JSON.stringify({
    sessions,
    lines,
    figure,
    level: level ?? null,
    levelText,
    at,
    session: say('column_session'),
  })
  return html`<div class="chart small" data-own role="img" aria-label="${alternative}"></div><script type="application/json">${raw(data.replaceAll('<', '\\u003c'))}</script>
<figcaption><small>${unbroken(alternative)}</small></figcaption>
<details class="rows"><summary>${asTable(sessions.length, say)}</summary><div class="scroll" tabindex="0"></div></details>`
}
