/** The published explanation of 2025-11-20, claim by claim. */
import { html } from 'hono/html'
import type { Say } from '../language/language.ts'
import { type Html, queryOf } from './exhibit-html.ts'
import type { JudgedClaim, Report } from './gather-report.ts'

const rowOf = (
  { claim, finding, query, rows }: JudgedClaim,
  { levels }: Report,
  say: Say,
): Html => html`<tr data-claim="${claim.id}">
<td class="verdict ${finding.verdict}" data-verdict="${finding.verdict}">${say(finding.verdict)}</td>
<td>${say(claim.statement, claim.blanks?.(levels))}${claim.narrative ? html`<p class="quiet">${say(claim.narrative)}</p>` : ''}</td>
<td data-rows="${JSON.stringify(rows)}">${finding.says}${claim.isLater ? html`<span class="quiet">${say('remark', { remark: say('known_later') })}</span>` : ''}
${queryOf(query, say)}</td></tr>`

export const claimTable = (report: Report, say: Say): Html => html`<section aria-labelledby="section-claims">
<h2 id="section-claims">${say('section_claims')}</h2>
<p>${say('note_claims_what')} ${say('note_claims_own')}</p>
<table class="claims"><thead><tr><th scope="col">${say('column_verdict')}</th><th scope="col">${say('column_statement')}</th><th scope="col">${say('column_data_says')}</th></tr></thead>
<tbody>${report.claims.map((each) => rowOf(each, report, say))}</tbody></table></section>`
