/** Tag: reads the topics of speeches, runs the rules of every catalyst kind on silver, and replaces the years that changed. */
import { DateTime } from 'luxon'
import { knowledgeOf } from '../../calendar/knowledge.ts'
import { isInHorizon, newYork, sessionHit } from '../../calendar/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf, succeededWith } from '../../core/outcome.ts'
import type { CalendarFacts, Catalyst, Rule } from '../../schemas/catalyst.ts'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import type { Relation } from '../../schemas/view.ts'
import { perform } from '../compute/computation.ts'
import { reading, updating } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { silverVersions, type Versions } from '../silver/staleness.ts'
import { inputsOfKinds, keptKinds, noteTagged, taggedObjects } from './notes.ts'
import { type Row, replaceBoth } from './replace.ts'
import { speechSentencesComputation } from './speech-sentences.ts'

const newYorkDay = (instant: string) => DateTime.fromISO(instant, { zone: newYork }).startOf('day')

export const calendarFacts: CalendarFacts = {
  sessionHit: (instant) => sessionHit(new Date(instant))?.session ?? null,
  daysBetween: (from, to) => Math.round(newYorkDay(to).diff(newYorkDay(from), 'days').days),
}

/** Reads the speeches, then tags all kinds from what silver holds now. */
export const tag = async (lake: Lake): Promise<Outcome[]> => {
  const speeches = await readSpeeches(lake)
  // The versions are older than what the rules read, so that objects which are replaced meanwhile are read again next time.
  return [speeches, ...(await tagKinds(lake, await silverVersions(lake.platform.store)))]
}

const readSpeeches = updating((lake: Lake): Promise<Outcome> => {
  lake.platform.progress.step('reading speeches')
  return outcomeOf(speechSentencesComputation.into.name, () => perform(lake, speechSentencesComputation))
})

/** A kind whose rule fails, and one whose inputs did not change, keep their rows. */
const tagKinds = updating(async (lake: Lake, versions: Versions): Promise<Outcome[]> => {
  const { store } = lake.platform
  const inputs = inputsOfKinds(catalystKinds, versions)
  const unchanged = await keptKinds(store, inputs, versions)
  const wanted = catalystKinds.filter(({ kind }) => !unchanged.has(kind))
  const outcomes = new Map<string, Outcome>([...unchanged].map(([kind, rows]) => [kind, succeededWith(kind, rows)]))
  if (wanted.length > 0) {
    const { now, before, done } = await statesOfAll(lake, wanted)
    for (const outcome of done) outcomes.set(outcome.subject, outcome)
    const failed = done.filter(({ error }) => error).map(({ subject }) => subject)
    const kept = [...unchanged.keys(), ...failed]
    // The objects of these versions hold the rows of these inputs if nothing has to be replaced.
    let objects = taggedObjects(versions)
    let isReplaced = await replaceBoth(lake, now, before, kept)
    if (isReplaced) {
      objects = taggedObjects(await silverVersions(store))
      isReplaced = await reading(replaceBoth)(lake, now, before, kept)
    }
    if (!isReplaced) {
      const tagged = [...outcomes].filter(([kind]) => !failed.includes(kind))
      const kinds = tagged.map(([kind, { rowCount }]) => [kind, { inputs: inputs.get(kind)!, rowCount }])
      await noteTagged(store, { objects, kinds: Object.fromEntries(kinds) })
    }
  }
  return catalystKinds.map(({ kind }) => outcomes.get(kind)!)
})

/** The rows of some kinds by their rules and by the earlier versions of these. */
const statesOfAll = async (lake: Lake, kinds: readonly Catalyst[]) => {
  const now: Row[] = []
  const before: Row[] = []
  const done: Outcome[] = []
  const read = kinds.flatMap(({ candidates }) => candidates.reads)
  const isShared = (each: Relation) => each.kind === 'view' && read.indexOf(each) !== read.lastIndexOf(each)
  for (const kind of kinds) {
    lake.platform.progress.step(`tagging ${kind.kind}`)
    const outcome = await outcomeOf(kind.kind, async () => {
      // A view that several kinds read is evaluated once. If it fails, only those kinds fail.
      await lake.hold(kind.candidates.reads)
      await lake.keep(kind.candidates.reads.filter(isShared))
      const rows = await statesOf(lake, kind, kind)
      const earlier: Row[] = []
      for (const rule of kind.earlier) earlier.push(...(await statesOf(lake, kind, rule)))
      now.push(...rows)
      before.push(...earlier)
      return rows.length
    })
    done.push(outcome)
  }
  return { now, before, done }
}

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
