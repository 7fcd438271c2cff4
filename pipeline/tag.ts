/** Tag: runs the rule of every catalyst kind over what silver knows, and replaces the catalysts that changed. */
import { DateTime } from 'luxon'
import type { CalendarFacts, Catalyst } from '../schemas/catalyst.ts'
import { catalystKinds } from '../schemas/catalysts/index.ts'
import { catalysts } from '../schemas/tables/catalysts.ts'
import { knownSession, newYork, sessionHit } from './calendar/sessions.ts'
import { messageOf } from './errors.ts'
import type { Outcome } from './ingest.ts'
import type { Lake } from './lake.ts'
import { rewrite, yearsOf } from './silver/objects.ts'

const newYorkDay = (instant: string) => DateTime.fromISO(instant, { zone: newYork }).startOf('day')

export const calendarFacts: CalendarFacts = {
  sessionHit: (instant) => sessionHit(new Date(instant))?.session ?? null,
  daysBetween: (from, to) => Math.round(newYorkDay(to).diff(newYorkDay(from), 'days').days),
}

/** Tags all kinds. A kind whose rule fails leaves its earlier rows alone. */
export const tag = async (lake: Lake): Promise<Outcome[]> => {
  await lake.refresh()
  const outcomes: Outcome[] = []
  const tagged: Record<string, unknown>[] = []
  const failed: string[] = []
  for (const kind of catalystKinds) {
    lake.platform.progress.step(`tagging ${kind.kind}`)
    try {
      const rows = await statesOf(lake, kind)
      tagged.push(...rows)
      outcomes.push({ subject: kind.kind, status: 'ok', rowCount: rows.length, rejectedCount: 0, error: null })
    } catch (error) {
      failed.push(kind.kind)
      outcomes.push({ subject: kind.kind, status: 'failed', rowCount: 0, rejectedCount: 0, error: messageOf(error) })
    }
  }
  await replace(lake, tagged, failed)
  await lake.refresh()
  return outcomes
}

const statesOf = async ({ engine }: Lake, kind: Catalyst): Promise<Record<string, unknown>[]> => {
  const candidates = await engine.rows(kind.candidates.text)
  const states = candidates
    .flatMap((candidate) => kind.tag(candidate, calendarFacts))
    .map((row) => ({
      ...row,
      kind: kind.kind,
      scope: kind.scope,
      rule: `${kind.kind} v${kind.version}`,
      known_session: knownSession(new Date(row.known_at))?.session ?? null,
      fetched_at: row.known_at,
    }))
    .filter((row) => row.known_session !== null)
  return changesOnly(states)
}

/** Of one catalyst the states in order, each only if it says something new. */
const changesOnly = <T extends { catalyst_id: string; known_at: string }>(states: readonly T[]): T[] => {
  const last = new Map<string, { said: string; known_at: string }>()
  return [...states]
    .sort((a, b) => (a.known_at < b.known_at ? -1 : a.known_at > b.known_at ? 1 : 0))
    .filter((state) => {
      const { known_at, ...rest } = state
      const said = JSON.stringify({
        ...rest,
        known_session: null,
        fetched_at: null,
        bronze_key: null,
        known_basis: null,
      })
      const before = last.get(state.catalyst_id)
      last.set(state.catalyst_id, { said, known_at })
      return before?.said !== said
    })
}

const replace = async (lake: Lake, rows: readonly Record<string, unknown>[], failed: readonly string[]) => {
  // Two states in one instant: the later one in order stands.
  const byGrain = new Map(rows.map((row) => [`${row.catalyst_id} ${row.known_at}`, row]))
  const years = await yearsOf(lake.platform.store, catalysts)
  const kept = failed.length ? failed.map((kind) => `'${kind}'`).join(', ') : "''"
  await rewrite(lake, catalysts, years, async (present) => {
    await lake.engine.load('tagged', catalysts.columns, [...byGrain.values()])
    const columns = Object.keys(catalysts.columns).join(', ')
    await lake.engine.run(
      `create or replace table catalysts_now as
       select ${columns} from tagged union all select ${columns} from ${present} where kind in (${kept})`,
    )
    return 'catalysts_now'
  })
}
