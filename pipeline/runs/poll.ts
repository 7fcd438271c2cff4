/** Poll: fetch tasks for the releases that are due or overdue and not yet published. */
import { lastClosedSession, newYorkDate, sessionOf } from '../../calendar/sessions.ts'
import { type Release, releaseEntries } from '../../schemas/releases.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import type { Source } from '../../sources/source.ts'
import type { Lake } from '../lake/lake.ts'
import type { FetchTask } from './fetch-task.ts'
import { timetableAt } from './timetable.ts'

export const pollReads = [macroTimetable] as const

const settled = ['released', 'cancelled', 'merged']

interface Poll {
  readonly session: string
  readonly tasks: readonly FetchTask[]
  readonly idle: string | null
}

/** Each task asks its source for the due releases only. */
export const poll = async (lake: Lake, wanted: readonly Source[]): Promise<Poll> => {
  const now = lake.platform.now()
  const due = await dueReleases(lake, now)
  const today = newYorkDate(now)
  const session = lastClosedSession(now)!.session
  const to = sessionOf(today) ? today : session
  const tasks = wanted.flatMap((source) => {
    const releases = due.filter(([, release]) => source.brings?.(release)).map(([name]) => name)
    return releases.length ? [{ source: source.name, from: to, to, releases }] : []
  })
  return { session, tasks, idle: tasks.length ? null : idleReason(due.map(([name]) => name)) }
}

const dueReleases = async (lake: Lake, now: Date): Promise<(readonly [string, Release])[]> => {
  const awaited = new Set(
    (await timetableAt(lake, now))
      .filter(({ status }) => !settled.includes(status))
      .filter(({ scheduled_at, first_scheduled_at }) => new Date(scheduled_at ?? first_scheduled_at ?? now) <= now)
      .map(({ release }) => release),
  )
  const isFollowed = (name: string, { frequency }: Release) =>
    frequency === 'meeting' || lake.universe.releases.includes(name)
  return releaseEntries.filter(
    ([name, release]) => awaited.has(release.publishedWith ?? name) && isFollowed(name, release),
  )
}

const idleReason = (due: readonly string[]) => (due.length ? `no source brings ${due.join(', ')}` : 'no release is due')
