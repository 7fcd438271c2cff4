/** Plan: what an order comes to. An evening, a span of sessions, or the releases that are due; which sources, for which days. */
import { z } from 'zod'
import { lastClosedSession, newYorkDate, sessionOf, sessionsBetween } from '../../calendar/sessions.ts'
import { UsageError } from '../../core/errors.ts'
import { timetableAt } from '../../evening/timetable.ts'
import { type Release, releaseEntries } from '../../schemas/releases.ts'
import { macroTimetable } from '../../schemas/views/macro/macro_timetable.ts'
import { sources } from '../../sources/index.ts'
import type { Source, Window } from '../../sources/source.ts'
import { eveningWindow } from '../ingest/fetch.ts'
import { sourceNamed } from '../ingest/ingest.ts'
import type { Lake } from '../lake/lake.ts'
import { sessionFor } from './run.ts'

const day = z.iso.date()
const order = z
  .strictObject({
    /** `evening`: today, if it is a session. `releases`: what is due now. */
    schedule: z.enum(['evening', 'releases']).optional(),
    session: day.optional(),
    from: day.optional(),
    to: day.optional(),
    sources: z.array(z.string()).min(1).optional(),
    /** Instant of an earlier order whose answers are not asked for again. */
    since: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), 'from and to go together')
  .refine(
    ({ schedule, session, from }) => [schedule, session, from].filter((each) => each !== undefined).length === 1,
    'one of schedule, session, or from with to',
  )

export type Order = z.input<typeof order>

export interface Errand extends Window {
  readonly source: string
  /** Statistics to ask for instead of all in the universe. */
  readonly releases?: readonly string[]
}

export interface Plan {
  readonly verb: 'run' | 'backfill' | 'watch'
  readonly session: string
  /** Answers kept since then belong to this order. */
  readonly since: string
  readonly errands: readonly Errand[]
  /** Why there is nothing to do. */
  readonly idle: string | null
}

export const planReads = [macroTimetable] as const

/** What to do for an order that was given at an instant. */
export const plan = async (lake: Lake, given: unknown, orderedAt: Date): Promise<Plan> => {
  const parsed = order.safeParse(given)
  if (!parsed.success) throw new UsageError(`order ${JSON.stringify(given)}: ${z.prettifyError(parsed.error)}`)
  const { schedule, session, from, to, sources: names, since } = parsed.data
  const wanted = names?.map(sourceNamed) ?? sources
  const common = { since: since ?? orderedAt.toISOString(), idle: null }
  if (schedule === 'releases') return { ...common, ...(await watch(lake, wanted)) }
  if (schedule === 'evening') {
    const today = newYorkDate(lake.platform.now())
    const idle = sessionOf(today) ? null : `${today} is no session`
    return { ...common, ...evening(idle ? today : sessionFor(lake, today), idle ? [] : wanted), idle }
  }
  if (session) return { ...common, ...evening(sessionFor(lake, session), wanted) }
  const span = sessionsBetween(from!, to!)
  const [first, last] = [span[0]?.session, span.at(-1)?.session]
  if (!first || !last) throw new UsageError(`there is no session from ${from} to ${to}`)
  const errands = wanted.map(({ name }) => ({ source: name, from: first, to: last }))
  return { ...common, verb: 'backfill', session: sessionFor(lake, last), errands }
}

const evening = (session: string, wanted: readonly Source[]) => ({
  verb: 'run' as const,
  session,
  errands: wanted.map((source) => ({ source: source.name, ...eveningWindow(source, session) })),
})

/** What is due or overdue and has not come: the sources that bring it are asked, for it alone. */
const watch = async (lake: Lake, wanted: readonly Source[]): Promise<Omit<Plan, 'since'>> => {
  await lake.refresh()
  const now = lake.platform.now()
  const awaited = new Set(
    (await timetableAt(lake, now))
      .filter(({ status }) => !['released', 'cancelled', 'merged'].includes(status))
      .filter(({ scheduled_at, first_scheduled_at }) => new Date(scheduled_at ?? first_scheduled_at ?? now) <= now)
      .map(({ release }) => release),
  )
  const followed = (name: string, { frequency }: Release) =>
    frequency === 'meeting' || lake.universe.releases.includes(name)
  const due = releaseEntries.filter(
    ([name, release]) => awaited.has(release.publishedWith ?? name) && followed(name, release),
  )
  const today = newYorkDate(now)
  const session = lastClosedSession(now)!.session
  const to = sessionOf(today) ? today : session
  const errands = wanted.flatMap((source) => {
    const releases = due.filter(([, release]) => source.brings?.(release)).map(([name]) => name)
    return releases.length ? [{ source: source.name, from: to, to, releases }] : []
  })
  const idle = errands.length
    ? null
    : due.length
      ? `no source brings ${due.map(([name]) => name).join(', ')}`
      : 'no release is due'
  return { verb: 'watch', session, errands, idle }
}
