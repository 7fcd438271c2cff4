/** What to watch on the next session: what is due, what is overdue, and whether the exchange closes early. */
import { html } from 'hono/html'
import { sessionOf } from '../../../calendar/sessions.ts'
import type { Evening } from '../../gather.ts'
import type { Say } from '../../language/language.ts'
import { plainNames, statusRemark } from '../../language/names.ts'
import { clock, time } from '../../language/numbers.ts'
import { counted } from '../../language/signal-value.ts'
import { told } from '../../language/told.ts'
import type { Html } from '../exhibit.ts'
import { unbroken } from '../unbroken.ts'

type Ahead = Evening<'due' | 'overdue' | 'uncovered'>

export const closingTime = (session: string): string =>
  clock(new Date(sessionOf(session)!.closesAt).toISOString()).slice(11)

export const tomorrow = ({ next, due, overdue, uncovered }: Ahead, say: Say): Html => {
  const early =
    next && sessionOf(next)?.isEarlyClose ? [html`<li>${say('closes_early', { at: closingTime(next) })}</li>`] : []
  const releases = due.map(
    ({ scheduled_at, title, status }) =>
      html`<li data-due><b>${time(scheduled_at)}</b> ${unbroken(told(title, say))}${statusRemark(status, say)}</li>`,
  )
  const late = overdue.map(
    ({ title, overdue_days }) =>
      html`<li data-overdue>${unbroken(say('overdue_by', { title: told(title, say), days: counted('days', overdue_days, say) }))}</li>`,
  )
  const all = [...early, ...releases, ...late]
  const missing = uncovered.releases.length
    ? html`<p class="quiet">${say('due_unknown', { releases: plainNames(uncovered.releases.join(','), say) })}</p>`
    : ''
  return html`<section class="block" aria-labelledby="tomorrow"><h2 id="tomorrow">${say('tomorrow', { session: next ?? say('unknown') })}</h2>
${all.length ? html`<ul>${all}</ul>` : html`<p>${say('message_nothing_due')}</p>`}${missing}</section>`
}
