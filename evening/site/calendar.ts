/** The calendar of releases: the latest state of each one, and how late it came. */
import { html } from 'hono/html'
import type { Html } from '../html/exhibit-html.ts'
import { unbroken } from '../html/unbroken.ts'
import { type Key, type Say, saying } from '../language/language.ts'
import { plainNames, statusRemark } from '../language/names.ts'
import { clock } from '../language/numbers.ts'
import type { ReleaseRow } from './gather-site.ts'
import { framed } from './layout.ts'
import type { Base } from './pages.ts'

/** A date is not broken at the end of a line. */
const inOnePiece = (text: Html | string) => (typeof text === 'string' ? unbroken(text) : text)

const at = (instant: string | null) => (instant === null ? '–' : clock(instant))

/**
 * A release that is overdue is so whatever was announced for it last. Where the lake does not cover a timetable, it does not know whether a
 * release of the past came.
 */
const statusOf = ({ status, overdue_days, scheduled_at }: ReleaseRow, latest: string, say: Say): string => {
  if (overdue_days !== null && status === 'cancelled') return say('site_cancelled')
  if (overdue_days !== null) return `${say('site_overdue')}${statusRemark(status, say)}`
  const isOpen = status !== 'released' && status !== 'merged'
  const isPast = scheduled_at !== null && scheduled_at.slice(0, 10) < latest
  return `${plainNames(status, say)}${isOpen && isPast ? say('remark', { remark: say('site_outcome_unknown') }) : ''}`
}

const daysLate = ({ delay_days, overdue_days }: ReleaseRow): Html | string => {
  const days = delay_days ?? overdue_days
  if (days === null) return '–'
  return Number(days) > 0 ? html`<span class="late">${days}</span>` : String(days)
}

/** `rows` are the releases as known on the evening of the latest session. */
export const calendarPage = (base: Base, rows: readonly ReleaseRow[], latest: string): string => {
  const say = saying(base.language)
  const columns: readonly (readonly [Key, (row: ReleaseRow) => Html | string])[] = [
    ['column_release', ({ release }) => plainNames(release, say)],
    ['column_period', ({ reference_period }) => reference_period],
    ['column_status', (row) => statusOf(row, latest, say)],
    ['column_first_scheduled', ({ first_scheduled_at }) => at(first_scheduled_at)],
    ['column_scheduled', ({ scheduled_at }) => at(scheduled_at)],
    ['column_released', ({ released_at }) => at(released_at)],
    ['column_days_late', daysLate],
  ]
  const heads = columns.map(([label]) => html`<th scope="col">${say(label)}</th>`)
  const cells = (row: ReleaseRow) =>
    columns.map(([label, written]) => html`<td data-label="${say(label)}">${inOnePiece(written(row))}</td>`)
  return framed(
    { ...base, title: say('site_calendar'), root: '' },
    html`<main><h1>${say('site_calendar')}</h1><p class="quiet">${say('site_calendar_note')}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${say('site_calendar')}"><table class="named"><thead><tr>${heads}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div></main>`,
  )
}
