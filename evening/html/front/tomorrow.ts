/** What to watch on the next session: what is due, what is overdue, and whether the exchange closes early. */
import { html } from 'hono/html'
import { sessionOf } from '../../../calendar/sessions.ts'
import type { Evening } from '../../gather.ts'
import { isEarlyClose, overdueBeyond, unknownAhead } from '../../language/ahead.ts'
import type { Say } from '../../language/language.ts'
import { statusRemark } from '../../language/names.ts'
import { closingTime, time } from '../../language/numbers.ts'
import { told } from '../../language/told.ts'
import type { Html } from '../exhibit.ts'
import { unbroken } from '../unbroken.ts'

type Ahead = Evening<'due' | 'overdue' | 'uncovered'>

export const tomorrow = (ahead: Ahead, say: Say): Html => {
  const { next, due, uncovered } = ahead
  const early =
    next && sessionOf(next)?.isEarlyClose ? [html`<li>${say('closes_early', { at: closingTime(next) })}</li>`] : []
  const releases = due
    .filter((each) => !isEarlyClose(each))
    .map(
      (each) =>
        html`<li data-due><b>${time(each.scheduled_at)}</b> ${unbroken(told(each.title, say))}${statusRemark(each.status, say)}</li>`,
    )
  const late = overdueBeyond(ahead, say).map((each) => html`<li data-overdue>${unbroken(each)}</li>`)
  const all = [...early, ...releases, ...late]
  const unknown = unknownAhead(uncovered, say)
  const missing = unknown ? html`<p class="quiet">${unbroken(unknown)}</p>` : ''
  return html`<section class="block" aria-labelledby="tomorrow"><h2 id="tomorrow">${say('tomorrow', { session: next ?? say('unknown') })}</h2>
${all.length ? html`<ul>${all}</ul>` : html`<p>${say('message_nothing_due')}</p>`}${missing}</section>`
}
