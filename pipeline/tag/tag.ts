/** Tag: reads the topics of speeches, runs the rules of every catalyst kind on silver, and replaces the years that changed. */
import { DateTime } from 'luxon'
import { knowledgeOf } from '../../calendar/knowledge.ts'
import { isInHorizon, newYork, sessionHit } from '../../calendar/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import type { CalendarFacts, Catalyst, Rule } from '../../schemas/catalyst.ts'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import type { Table } from '../../schemas/table.ts'
import { catalysts } from '../../schemas/tables/catalysts.ts'
import { earlierCatalysts } from '../../schemas/tables/earlier_catalysts.ts'
import { literals } from '../../schemas/view.ts'
import { perform } from '../compute/computation.ts'
import { updating } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { rewrite } from '../silver/objects.ts'
import { speechSentencesComputation } from './speech-sentences.ts'

const newYorkDay = (instant: string) => DateTime.fromISO(instant, { zone: newYork }).startOf('day')

export const calendarFacts: CalendarFacts = {
  sessionHit: (instant) => sessionHit(new Date(instant))?.session ?? null,
  daysBetween: (from, to) => Math.round(newYorkDay(to).diff(newYorkDay(from), 'days').days),
}

/** Reads the speeches, then tags all kinds from what silver holds now. */
export const tag = async (lake: Lake): Promise<Outcome[]> => [await readSpeeches(lake), ...(await tagKinds(lake))]

const readSpeeches = updating((lake: Lake): Promise<Outcome> => {
  lake.platform.progress.step('reading speeches')
  return outcomeOf(speechSentencesComputation.into.name, () => perform(lake, speechSentencesComputation))
})

/** A kind whose rule fails keeps its earlier rows. */
const tagKinds = updating(async (lake: Lake): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  const now: Row[] = []
  const before: Row[] = []
  const failed: string[] = []
  await withSharedViews(lake, async () => {
    for (const kind of catalystKinds) {
      lake.platform.progress.step(`tagging ${kind.kind}`)
      const done = await outcomeOf(kind.kind, async () => {
        const rows = await statesOf(lake, kind, kind)
        const earlier: Row[] = []
        for (const rule of kind.earlier) earlier.push(...(await statesOf(lake, kind, rule)))
        now.push(...rows)
        before.push(...earlier)
        return rows.length
      })
      outcomes.push(done)
      if (done.error) failed.push(kind.kind)
    }
  })
  await replace(lake, catalysts, now, failed)
  await replace(lake, earlierCatalysts, before, failed)
  return outcomes
})

/** Evaluates each view that several rules read once, as a table of the same name. */
const withSharedViews = async ({ engine }: Lake, work: () => Promise<void>): Promise<void> => {
  const read = catalystKinds.flatMap(({ candidates }) => candidates.reads.filter(({ kind }) => kind === 'view'))
  const shared = [...new Set(read.filter((each, i) => read.indexOf(each) !== i))]
  await engine.run('create schema if not exists tagging')
  try {
    for (const { name } of shared) await engine.run(`create table tagging.${name} as select * from main.${name}`)
    await engine.run(`set search_path = 'tagging,main'`)
    await work()
  } finally {
    await engine.run(`set search_path = 'main'`)
    await engine.run('drop schema tagging cascade')
  }
}

type Row = Record<string, unknown> & { catalyst_id: string; known_at: string }

const statesOf = async ({ engine }: Lake, { kind, scope }: Catalyst, rule: Rule): Promise<Row[]> => {
  const candidates = await engine.rows(rule.candidates.text)
  const states = candidates
    .flatMap((candidate) => rule.tag(candidate, calendarFacts))
    .map((row) => ({
      ...row,
      kind,
      scope,
      rule: `${kind} v${rule.version}`,
      rule_version: rule.version,
      ...knowledgeOf(row),
    }))
    .filter(({ known_session }) => isInHorizon(known_session))
  return changesOnly(states)
}

/** Columns that describe the evidence, not the event. Changes in them do not make a new state. */
const aboutKnowing = { known_at: null, known_session: null, fetched_at: null, bronze_key: null, known_basis: null }

/** The states of each catalyst in order, without those that repeat the previous state. Of two states at one instant the later one is kept. */
const changesOnly = <T extends { catalyst_id: string; known_at: string }>(states: readonly T[]): T[] => {
  const inOrder = [...states].sort((a, b) => (a.known_at < b.known_at ? -1 : a.known_at > b.known_at ? 1 : 0))
  const perInstant = new Map(inOrder.map((state) => [`${state.catalyst_id} ${state.known_at}`, state]))
  const last = new Map<string, string>()
  return [...perInstant.values()].filter((state) => {
    const said = JSON.stringify({ ...state, ...aboutKnowing })
    const isNew = last.get(state.catalyst_id) !== said
    last.set(state.catalyst_id, said)
    return isNew
  })
}

/** Replaces the years in which something changed. The present rows of kinds that failed are kept. */
const replace = async (lake: Lake, table: Table, rows: readonly Row[], failed: readonly string[]) => {
  const { engine } = lake
  const kept = failed.length ? literals(failed).text : "''"
  const columns = Object.keys(table.columns).join(', ')
  const year = `year(${table.yearOf})`
  await engine.load('tagged', table.columns, rows)
  const wanted = `select ${columns} from tagged union all select ${columns} from ${table.name} where kind in (${kept})`
  const present = `select ${columns} from ${table.name}`
  const changed = await engine.rows<{ y: number }>(
    `select distinct ${year} as y from ((${wanted} except all ${present}) union all (${present} except all (${wanted})))`,
  )
  if (changed.length === 0) return
  const years = changed.map(({ y }) => y)
  const relation = `${table.name}_now`
  await rewrite(
    lake,
    table,
    years,
    async (before) => {
      await engine.run(
        `create or replace table ${relation} as
       select ${columns} from tagged where ${year} in (${years.join(', ')})
       union all select ${columns} from ${before} where kind in (${kept})`,
      )
      return relation
    },
    { isRederived: failed.length === 0 },
  )
}
