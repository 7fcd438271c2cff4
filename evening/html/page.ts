/** The page: the lit signals first, then what the evening knew, what became known later, and the published explanation claim by claim. */
import { html, raw } from 'hono/html'
import { benchmark } from '../../schemas/baskets.ts'
import type { SignalState } from '../gather/signals.ts'
import { countsOf, inState, scoreText, sinceText } from '../language/counts.ts'
import { inLanguage, type Language, type Say, saying } from '../language/language.ts'
import { signedPercent } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'
import { newDocument } from './document.ts'
import { exhibitOf, type Html, queryOf } from './exhibit-html.ts'
import type { FilledSection, JudgedClaim, Report } from './gather-report.ts'
import { style } from './style.ts'

const tile = (value: string, label: string, kind = '') => html`<div class="tile ${kind}"><b>${value}</b>${label}</div>`

const tiles = ({ evening }: Report, say: Say) => {
  const { signals, moves, volatility } = evening
  const counts = countsOf(signals)
  const close = moves.find(({ symbol }) => symbol === benchmark.index)?.close_return ?? null
  return html`<div class="tiles">
${tile(say('lit_of', counts), say('tile_lit'), counts.lit > 0 ? 'lit' : '')}
${tile(scoreText(evening, say), say('tile_score'), 'score')}
${tile(volatility ? volatility.vix_close.toFixed(2) : say('unknown'), say('tile_vix'))}
${tile(close === null ? say('unknown') : signedPercent(close), say('tile_index'))}
</div>`
}

const item = (of: SignalState, language: Language, say: Say) => {
  const { signal, state, value, since, because, isHeld } = of
  const when = `${sinceText(of, say)}${isHeld ? ` ${say('message_easing')}` : ''}`
  return html`<li class="${state}" data-signal="${signal.column}" data-state="${state}" data-since="${since ?? ''}" data-value="${value ?? ''}"><b>${inLanguage(signal.title, language)}</b> ${signalValue(signal, value, say)} <em>${when}</em><span>${inLanguage(because, language)}</span></li>`
}

const litList = ({ evening: { signals }, language }: Report, say: Say) => {
  const list = (states: readonly SignalState[]) =>
    html`<ul class="lit-list">${states.map((each) => item(each, language, say))}</ul>`
  const lit = inState(signals, 'lit').sort((a, b) => (a.sessionCount ?? 0) - (b.sessionCount ?? 0))
  const [dark, unknown] = [inState(signals, 'dark'), inState(signals, 'unknown')]
  return html`<section aria-labelledby="lit"><h2 id="lit">${say('lit_tonight', { count: lit.length })}</h2>
${lit.length ? list(lit) : html`<p>${say('nothing_lit')}</p>`}
${dark.length ? html`<details><summary>${say('not_lit', { count: dark.length })}</summary>${list(dark)}</details>` : ''}
${unknown.length ? html`<details><summary>${say('signals_unknown', { count: unknown.length })}</summary>${list(unknown)}</details>` : ''}
</section>`
}

const sectionOf = ({ id, title, exhibits }: FilledSection, context: Parameters<typeof exhibitOf>[1], say: Say): Html =>
  html`<section aria-labelledby="section-${id}"><h2 id="section-${id}">${say(title)}</h2>
<div class="exhibits">${exhibits.map((each) => exhibitOf(each, context))}</div></section>`

const claimRow = (
  { claim, finding, query, rows }: JudgedClaim,
  { isOfNarrative, levels }: Report,
  say: Say,
) => html`<tr data-claim="${claim.id}">
<td class="verdict ${finding.verdict}" data-verdict="${finding.verdict}">${say(finding.verdict)}</td>
<td>${say(claim.statement, claim.blanks?.(levels))}${isOfNarrative && claim.narrative ? html`<p class="quiet">${say(claim.narrative)}</p>` : ''}</td>
<td data-rows="${JSON.stringify(rows)}">${finding.says}${claim.isLater ? html` <span class="quiet">(${say('known_later')})</span>` : ''}
${queryOf(query, say)}</td></tr>`

const claimTable = (report: Report, say: Say) => html`<section aria-labelledby="section-claims">
<h2 id="section-claims">${say('section_claims')}</h2>
<p>${say(report.isOfNarrative ? 'note_claims_own' : 'note_claims')}</p>
<table class="claims"><thead><tr><th scope="col">${say('column_verdict')}</th><th scope="col">${say('column_statement')}</th><th scope="col">${say('column_data_says')}</th></tr></thead>
<tbody>${report.claims.map((each) => claimRow(each, report, say))}</tbody></table></section>`

export const page = (report: Report): string => {
  const { language, sections, laterSections } = report
  const { session, notice } = report.evening
  const say = saying(language)
  const context = { session, language, document: newDocument() }
  const title = say('page_title', { session })
  const links = [
    ['lit', say('nav_lit')],
    ...[...sections, ...laterSections].map(({ id, title: name }) => [`section-${id}`, say(name)]),
    ['section-claims', say('section_claims')],
  ] as const
  return String(html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title><link rel="icon" href="data:,"><style>${raw(style)}</style></head>
<body><header>
${notice ? html`<p class="notice" role="note">${language === 'zh' ? say('sample_notice') : notice}</p>` : ''}
<h1>${title}</h1><p class="quiet">${say('as_known')}</p>
${tiles(report, say)}
</header><main>
${litList(report, say)}
<nav aria-label="${say('nav')}">${links.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</nav>
${sections.map((each) => sectionOf(each, context, say))}
</main>
<div class="later"><main>
<h2 id="later">${say('came_later')}</h2><p>${say('note_later')}</p>
${laterSections.map((each) => sectionOf(each, context, say))}
${claimTable(report, say)}
</main></div>
<footer class="quiet"><p>${say('footer_method')}</p><p>${say('footer_time')}</p></footer>
</body></html>\n`)
}
