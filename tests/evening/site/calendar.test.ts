/** The calendar of releases, from rows as the lake gives them. */
import { parse } from 'node-html-parser'
import { expect, it } from 'vitest'
import { calendarPage } from '../../../evening/site/calendar.ts'

const nothing = {
  first_scheduled_at: null,
  scheduled_at: null,
  released_at: null,
  delay_days: null,
  overdue_days: null,
}
const base = { release: 'cpi', reference_period: '2024-11-01', status: 'confirmed', ...nothing }

it.each([
  ['released late', { status: 'released', released_at: '2025-10-24T12:30:00.000Z', delay_days: 9 }, 'released', '9'],
  ['due after the latest session', { scheduled_at: '2025-12-18T13:30:00.000Z' }, 'confirmed', '–'],
  ['due on the latest session', { scheduled_at: '2025-11-20T13:30:00.000Z' }, 'confirmed', '–'],
  [
    'due in the past, on a timetable that the lake no longer covers',
    { scheduled_at: '2024-12-11T13:30:00.000Z' },
    'confirmed (whether it came is not known)',
    '–',
  ],
  ['cancelled and overdue', { status: 'cancelled', overdue_days: 20 }, 'cancelled, its figure is still missing', '20'],
])('tells of a release that is %s', (_, row, status, days) => {
  const page = calendarPage({ language: 'en', notice: '' }, [{ ...base, ...row }], '2025-11-20')
  const cells = parse(page).querySelectorAll('tbody td')
  const shown = Object.fromEntries(cells.map((each) => [each.getAttribute('data-label'), each.text]))
  expect(shown).toMatchObject({ status, 'days late': days })
})
