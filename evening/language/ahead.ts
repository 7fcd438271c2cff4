/** Texts about the next session: the time of what is due, what is overdue, and which kinds of events the lake does not cover. */
import { firstRankReleases } from '../../schemas/views/shared/coverage.ts'
import type { Evening } from '../gather.ts'
import { ofCompanies } from './headline.ts'
import type { Key, Say } from './language.ts'
import { plainNames } from './names.ts'
import { closingTime, time } from './numbers.ts'
import { counted } from './signal-value.ts'
import { told } from './told.ts'

type Due = Evening<'due'>['due'][number]
type Overdue = Evening<'overdue'>['overdue'][number]

export const isEarlyClose = ({ kind }: Due): boolean => kind === 'early_close'

/** The time of what is due. An early close is scheduled for the whole session, and happens when it ends. */
export const dueAt = (due: Due, next: string | null): string =>
  isEarlyClose(due) && next ? closingTime(next) : time(due.scheduled_at)

/** A release that has another date now, or none, is not simply late. One that was due on the session itself is late by hours. */
const overdueKeys: Readonly<Record<string, Key>> = {
  cancelled: 'overdue_cancelled',
  merged: 'overdue_cancelled',
  delayed: 'overdue_delayed',
}

export const overdueText = ({ title, status, overdue_days }: Overdue, say: Say): string =>
  say(overdue_days === 0 ? 'overdue_today' : (overdueKeys[status] ?? 'overdue_by'), {
    title: told(title, say),
    days: counted('days', overdue_days, say),
  })

/** Texts about the overdue releases. One that is also due on the next session is named there, and not here. */
export const overdueBeyond = ({ due, overdue }: Pick<Evening, 'due' | 'overdue'>, say: Say): readonly string[] => {
  const isDue = new Set(due.map(({ title }) => title))
  return overdue.filter(({ title }) => !isDue.has(title)).map((each) => overdueText(each, say))
}

/** Of a release the timetable tells what is ahead; of any other kind that can move the market, its source. Empty if all are covered. */
export const unknownAhead = ({ kinds, releases, companies }: Evening<'uncovered'>['uncovered'], say: Say): string => {
  const missing = [...releases, ...kinds.filter((kind) => !firstRankReleases.includes(kind))].sort()
  const names = missing.length ? say('due_unknown', { kinds: plainNames(missing.join(','), say) }) : ''
  return `${names}${ofCompanies(companies, say)}`.trim()
}
