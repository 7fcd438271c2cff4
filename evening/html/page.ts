/** The page: what is lit first, then what the evening knew, what came later, and the account claim by claim. */
import { html, raw } from 'hono/html'
import { type Say, saying, signalIn } from '../language/language.ts'
import { signedPercent } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'
import type { SignalState } from '../message/states.ts'
import { newDocument } from './document.ts'
import { exhibitOf, type Html, queryOf } from './exhibit-html.ts'
import type { FilledSection, JudgedClaim, Report } from './report.ts'
import { style } from './style.ts'

const tile = (value: string, label: string, kind = '') => html`<div class="tile ${kind}"><b>${value}</b>${label}</div>`

const tiles = ({ states, headline }: Report, say: Say) => {
  const lit = states.filter(({ state }) => state === 'lit').length
  const known = states.filter(({ state }) => state !== 'unknown').length
  const score =
    headline.score === null || headline.score === undefined ? say('unknown') : Number(headline.score).toFixed(1)
  const vix =
    headline.vix_close === null || headline.vix_close === undefined
      ? say('unknown')
      : Number(headline.vix_close).toFixed(2)
  const close = headline.index_close_return
  return html`<div class="tiles">
${tile(say('lit_of', { lit, known }), say('tile_lit'), lit > 0 ? 'lit' : '')}
${tile(score, say('tile_score'))}
${tile(vix, say('tile_vix'))}
${tile(close === null || close === undefined ? say('unknown') : signedPercent(Number(close)), say('tile_index'))}
</div>`
}

const item = ({ signal, state, value, since, sessionCount }: SignalState, { language }: Report, say: Say) => {
  const { title, because } = signalIn(language, signal.column)
  const how = value === null ? say('unknown') : signalValue(signal, value, say)
  const when = since ? say(sessionCount === 1 ? 'since_tonight' : 'since', { since, count: sessionCount }) : ''
  return html`<li class="${state}" data-signal="${signal.column}" data-state="${state}" data-since="${since ?? ''}"><b>${title}</b> ${how} <em>${when}</em><span>${because}</span></li>`
}

const litList = (report: Report, say: Say) => {
  const of = (state: SignalState['state']) => report.states.filter((each) => each.state === state)
  const list = (states: readonly SignalState[]) =>
    html`<ul class="lit-list">${states.map((each) => item(each, report, say))}</ul>`
  const lit = [...of('lit')].sort((a, b) => a.sessionCount - b.sessionCount)
  const [dark, unknown] = [of('dark'), of('unknown')]
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
  isOfAccount: boolean,
  say: Say,
) => html`<tr data-claim="${claim.id}">
<td class="verdict ${finding.verdict}" data-verdict="${finding.verdict}">${say(finding.verdict)}</td>
<td>${say(claim.statement)}${isOfAccount && claim.account ? html`<p class="quiet">${say(claim.account)}</p>` : ''}</td>
<td data-rows="${JSON.stringify(rows)}">${finding.says}${claim.isLater ? html` <span class="quiet">(${say('known_later')})</span>` : ''}
${queryOf(query, say)}</td></tr>`

const claimTable = ({ claims, isOfAccount }: Report, say: Say) => html`<section aria-labelledby="section-claims">
<h2 id="section-claims">${say('section_claims')}</h2>
<p>${say(isOfAccount ? 'note_claims_own' : 'note_claims')}</p>
<table class="claims"><thead><tr><th scope="col">${say('column_verdict')}</th><th scope="col">${say('column_statement')}</th><th scope="col">${say('column_data_says')}</th></tr></thead>
<tbody>${claims.map((each) => claimRow(each, isOfAccount, say))}</tbody></table></section>`

export const page = (report: Report): string => {
  const { session, language, notice, evening, later } = report
  const say = saying(language)
  const context = { session, language, document: newDocument() }
  const title = say('page_title', { session })
  const links = [
    ['lit', say('nav_lit')],
    ...[...evening, ...later].map(({ id, title: name }) => [`section-${id}`, say(name)]),
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
${evening.map((each) => sectionOf(each, context, say))}
</main>
<div class="later"><main>
<h2 id="later">${say('came_later')}</h2><p>${say('note_later')}</p>
${later.map((each) => sectionOf(each, context, say))}
${claimTable(report, say)}
</main></div>
<footer class="quiet"><p>${say('footer_method')}</p><p>${say('footer_time')}</p></footer>
</body></html>\n`)
}
