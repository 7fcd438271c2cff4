/** What a reader needs to trust the page: how old the data is, which sources are behind, and under which terms they are shown. */
import { sessionOffset } from '../../calendar/sessions.ts'
import { version } from '../../core/version.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sql } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { metaFreshness } from '../../schemas/views/meta/meta_freshness.ts'
import { sources } from '../../sources/index.ts'
import type { Ask, Evening } from '../gather.ts'
import { type Staleness, stalenessOf } from '../staleness.ts'

export interface Behind {
  readonly source: string
  readonly table_name: string
  readonly last_session: string
}

export interface Trust {
  /** Not said on pages that are written again only when something changes. */
  readonly madeAt?: string
  readonly version: string
  /** Set for the latest session of a lake that is behind the exchange. */
  readonly stale?: Staleness
  /** Sources whose rows end before the session, by more than a morning. */
  readonly behind: readonly Behind[]
  /** Objects that are gone, so that their rows are missing from the page. */
  readonly missing: readonly string[]
}

export const trustReads = [crashPrecursors, metaFreshness]

const latestSql = sql`select max(session) as latest from ${crashPrecursors}`

/** A source whose figures come on the next morning is one session behind on each evening. */
const behindSql = sql`
  select source, table_name, last_session
  from ${metaFreshness}
  where sessions_behind > 1
  order by sessions_behind, source, table_name`

/** They are asked with the other queries of a page. */
export const trustQueries = [latestSql, behindSql]

/** Those of them that were behind on the evening of a session. The others still had rows then. */
export const behindOn = (behind: readonly Behind[], session: string): readonly Behind[] => {
  const before = sessionOffset(session, -1)?.session
  return before === undefined ? [] : behind.filter(({ last_session }) => last_session < before)
}

export const trustOf = async (
  { platform, missing = [] }: Lake,
  ask: Ask,
  { session, notice }: Pick<Evening, 'session' | 'notice'>,
): Promise<Trust> => {
  const now = platform.now()
  const made = { madeAt: now.toISOString(), version, missing }
  // A sample ends where it ends.
  if (notice) return { ...made, behind: [] }
  const [row] = await ask(latestSql)
  const isEarlier = row?.latest != null && String(row.latest) > session
  const stale = isEarlier ? undefined : stalenessOf(session, now)
  const behind = behindOn((await ask(behindSql)) as unknown as readonly Behind[], session)
  return { ...made, ...(stale ? { stale } : {}), behind }
}

/** Name, homepage and terms of the sources whose rows are shown, and the names of imports, which have the terms of whoever imported them. */
export const termsOf = (shown: readonly string[]) => ({
  declared: sources
    .filter(({ name }) => shown.includes(name))
    .map(({ name, homepage, licence }) => ({ name, homepage, licence })),
  imported: [...new Set(shown)].filter((each) => !sources.some(({ name }) => name === each)).sort(),
})
