/** The page: the first screen, the signals, what the evening knew, and what became known later. */
import { html, raw } from 'hono/html'
import { rarityBySignal } from '../gather/rarity.ts'
import { queriesOf } from '../gather.ts'
import { atOf } from '../language/headline.ts'
import { type Key, type Language, type Say, saying } from '../language/language.ts'
import { told } from '../language/told.ts'
import { dayPath } from './charts/day.ts'
import { litYear } from './charts/hero.ts'
import { claimTable } from './claim-table.ts'
import { newDocument } from './document.ts'
import type { ChartContext, Filled } from './exhibit.ts'
import { exhibitOf, type Html, isEmpty, queryOf } from './exhibit-html.ts'
import { front, type Hero } from './front/front.ts'
import { dayAlternative, heroAlternative } from './front/hero-text.ts'
import { signalsList } from './front/signals-list.ts'
import type { FilledSection, Report } from './gather-report.ts'
import { sampleNotice } from './sample-notice.ts'
import { style } from './style.ts'
import { svgText } from './svg-text.ts'
import { banner, colophon } from './trust-html.ts'

export type Context = Omit<ChartContext, 'say'>

export const sectionOf = ({ id, title, exhibits }: FilledSection, context: Context, say: Say): Html | '' => {
  const shown = exhibits.filter((each) => !isEmpty(each))
  if (shown.length === 0) return ''
  return html`<section aria-labelledby="section-${id}"><h2 id="section-${id}">${say(title)}</h2>
<div class="exhibits">${shown.map((each) => exhibitOf(each, context))}</div></section>`
}

/** Rows of the exhibit that tells how extreme the session was. */
export const extremesOf = ({ sections }: Report) =>
  sections.flatMap(({ exhibits }) => exhibits).find(({ id }) => id === 'extremes')?.rows ?? []

/** One line for all exhibits without data. */
export const missingOf = (sections: readonly FilledSection[], say: Say): Html | '' => {
  const missing: readonly Filled[] = sections.flatMap(({ exhibits }) => exhibits).filter(isEmpty)
  if (missing.length === 0) return ''
  const titles = missing.map(({ title }) => say(title)).join(say('between_items'))
  return html`<p class="quiet missing" data-missing="${missing.map(({ id }) => id).join(' ')}">${say('exhibits_missing', { titles })}</p>`
}

/** The path of the day where the lake has bars of it, else the year up to the session. */
export const heroOf = (report: Report, context: Context, say: Say): Hero => {
  const { paths, evening } = report
  if (paths.rows.length === 0) return yearHero(report, context, say)
  const marks = evening.hits.flatMap(({ occurred_at, title }) => (occurred_at ? [{ at: occurred_at, title }] : []))
  const listed = marks
    .map(({ at, title }, i) => `(${i + 1}) ${atOf(at, evening.session)}${told(title, say)}`)
    .join(say('between_items'))
  return {
    title: say('hero_day'),
    picture: svgText(dayPath(paths.rows, { ...context, say }, marks)),
    alternative: [
      dayAlternative(evening.turn, evening.session, say),
      ...(listed ? [say('hero_marks', { marks: listed })] : []),
    ].join(' '),
    below: queryOf(paths.query, say),
  }
}

const yearHero = ({ year }: Report, context: Context, say: Say): Hero => ({
  title: say('hero_year'),
  picture: svgText(litYear(year.days, { ...context, say })),
  alternative: heroAlternative(year.days, context.session, say),
  below: queryOf(year.query, say),
})

export const head = (title: string, language: Language, styles = style): Html => html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title><link rel="icon" href="data:,"><style>${raw(styles)}</style></head>`

const isShown = ({ exhibits }: FilledSection) => exhibits.some((each) => !isEmpty(each))

/** Whether anything is shown that came after the evening. */
const noteOfLater = (sections: readonly FilledSection[]): Key => {
  const shown = sections.flatMap(({ exhibits }) => exhibits).filter((each) => !isEmpty(each))
  if (shown.length === 0) return 'note_nothing_later'
  return shown.every(({ isStudy }) => isStudy) ? 'note_study_only' : 'note_later'
}

const laterPart = (report: Report, context: Context, say: Say): Html => html`<div class="later"><main>
<h2 id="later">${say('came_later')}</h2><p>${say(noteOfLater(report.laterSections))}</p>
${report.laterSections.map((each) => sectionOf(each, context, say))}
${missingOf(report.laterSections, say)}
${report.claims.length ? claimTable(report, say) : ''}
</main></div>`

/** What a page shows of a report, besides the report. */
export interface Shown {
  readonly hero: Hero
  readonly shownBy?: ChartContext['shownBy']
  /** Address of the page of a signal, if it has one. */
  readonly pageOf?: (signal: string) => string
}

export const contextOf = ({ evening, language }: Report): Context => ({
  session: evening.session,
  language,
  document: newDocument(),
})

/** The queries of the states of the signals, and of how rare they are. */
export const signalQueries = ({ evening, levels }: Pick<Report, 'evening' | 'levels'>): string[] =>
  [...queriesOf(evening.session, levels, ['signals']), rarityBySignal([evening.session])].map(({ text }) => text)

/** Everything between the head of a page and its footer. */
export const contentsOf = (report: Report, context: Context, { hero, shownBy, pageOf }: Shown): Html => {
  const { language, sections, laterSections, evening, year, trust } = report
  const say = saying(language)
  const own = shownBy ? { ...context, shownBy } : context
  const links = [
    ['signals', say('nav_signals')],
    ...sections.filter(isShown).map(({ id, title: name }) => [`section-${id}`, say(name)]),
    // One link for all sections of what came later. With a link for each, the upper part of the page would change when a section gets rows.
    ...(laterSections.length ? [['later', say('came_later')]] : []),
    ...(report.claims.length ? [['section-claims', say('section_claims')]] : []),
  ] as const
  return html`<header>
${sampleNotice(evening.notice, language)}${banner(trust, say)}
${front(evening, language, hero, extremesOf(report))}
</header><main>
${signalsList({ ...evening, language, years: year.values, queries: signalQueries(report), ...(pageOf ? { pageOf } : {}) })}
<nav aria-label="${say('nav')}">${links.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</nav>
${sections.map((each) => sectionOf(each, own, say))}
${missingOf(sections, say)}
</main>
${laterSections.length ? laterPart(report, own, say) : ''}`
}

export const footerOf = ({ language, trust, evening, sections, laterSections }: Report): Html => {
  const say = saying(language)
  const closed = { trust, session: evening.session, sections: [...sections, ...laterSections] }
  return html`<footer class="quiet"><p class="screen">${say('footer_queries')}</p><p>${say('footer_method')}</p><p>${say('footer_time')}</p>${colophon(closed, say)}</footer>`
}

export const page = (report: Report): string => {
  const { language, evening } = report
  const say = saying(language)
  const context = contextOf(report)
  return String(html`${head(say('page_title', { session: evening.session }), language)}
<body>${contentsOf(report, context, { hero: heroOf(report, context, say) })}
${footerOf(report)}
</body></html>\n`)
}
