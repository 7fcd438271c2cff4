/** What a reader needs to trust the page: how old the data is, which sources are behind, and under which terms they are shown. */
import { sessionOffset } from '../../calendar/sessions.ts'
import { version } from '../../core/version.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sql } from '../../schemas/view.ts'
import { catalystCoverage } from '../../schemas/views/catalysts/catalyst_coverage.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { metaFreshness } from '../../schemas/views/meta/meta_freshness.ts'
import { sources } from '../../sources/index.ts'
import type { Ask, Evening } from '../gather.ts'
import { type Staleness, stalenessOf } from '../staleness.ts'

export interface Behind {
  readonly source: string
  readonly table_name: string
  /** Number of tables of the source that have a row for every session. */
  readonly table_count: number
  readonly last_session: string
}

/** A kind of events that sources covered, and no longer cover. */
export interface Ended {
  readonly kind: string
  /** Last session that was covered. */
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
  /** Kinds of events whose coverage had ended by the session, by more than a morning. */
  readonly ended: readonly Ended[]
  /** Objects that are gone, so that their rows are missing from the page. */
  readonly missing: readonly string[]
}

export const trustReads = [catalystCoverage, crashPrecursors, metaFreshness]

const latestSql = sql`select max(session) as latest from ${crashPrecursors}`

/** A source whose figures come on the next morning is one session behind on each evening. */
const behindSql = sql`
  select source, table_name, table_count, last_session
  from (select *, count(*) over (partition by source) as table_count from ${metaFreshness}) as tables
  where sessions_behind > 1
  order by sessions_behind, source, table_name`

/** Events have no row for every session. What tells that their source ended is that it covers their kind no longer. */
const endedSql = sql`
  select kind, max(case when is_covered then session end) as last_session
  from ${catalystCoverage}
  group by kind
  having max(case when is_covered then session end) < max(session)
  order by last_session desc, kind`

/** They are asked with the other queries of a page. */
export const trustQueries = [latestSql, behindSql, endedSql]

/** The sources that were behind on the evening of a session, and the kinds that no source covered any more then. */
export const behindOn = ({ behind, ended }: Pick<Trust, 'behind' | 'ended'>, session: string) => {
  const before = sessionOffset(session, -1)?.session
  const isBehind = ({ last_session }: { readonly last_session: string }) =>
    before !== undefined && last_session < before
  return { behind: behind.filter(isBehind), ended: ended.filter(isBehind) }
}

export const trustOf = async (
  { platform, missing = [] }: Lake,
  ask: Ask,
  { session, notice }: Pick<Evening, 'session' | 'notice'>,
): Promise<Trust> => {
  const now = platform.now()
  const made = { madeAt: now.toISOString(), version, missing }
  // A sample ends where it ends.
  if (notice) return { ...made, behind: [], ended: [] }
  const [row] = await ask(latestSql)
  const isEarlier = row?.latest != null && String(row.latest) > session
  const stale = isEarlier ? undefined : stalenessOf(session, now)
  const behind = (await ask(behindSql)) as unknown as readonly Behind[]
  const ended = (await ask(endedSql)) as unknown as readonly Ended[]
  return { ...made, ...(stale ? { stale } : {}), ...behindOn({ behind, ended }, session) }
}

/** Name, homepage and terms of the sources whose rows are shown, and the names of imports, which have the terms of whoever imported them. */
export const termsOf = (shown: readonly string[]) => ({
  declared: sources
    .filter(({ name }) => shown.includes(name))
    .map(({ name, homepage, licence }) => ({ name, homepage, licence })),
  imported: [...new Set(shown)].filter((each) => !sources.some(({ name }) => name === each)).sort(),
})
