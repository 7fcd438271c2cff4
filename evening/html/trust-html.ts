/** The banner of a stale lake, and the last lines of the page: made when, from which data, under which terms. */
import { html } from 'hono/html'
import type { Say } from '../language/language.ts'
import { firstOf, plainNames } from '../language/names.ts'
import { clock, whole } from '../language/numbers.ts'
import type { Html } from './exhibit-html.ts'
import type { FilledSection } from './gather-report.ts'
import { type Behind, behindOn, type Trust, termsOf } from './trust.ts'

/** More would hide the page. */
const mostNamed = 6

const behindOf = ({ behind }: Pick<Trust, 'behind'>, say: Say): readonly string[] => {
  if (behind.length === 0) return []
  const nameOf = ({ source, table_name, table_count }: Behind) =>
    table_count > 1 ? say('source_of', { source, table: plainNames(table_name, say) }) : source
  const sources = behind.map((each) => say('source_behind', { source: nameOf(each), on: each.last_session }))
  return [say('behind', { sources: firstOf(sources, mostNamed, say).join(say('between_items')) })]
}

const endedOf = ({ ended }: Pick<Trust, 'ended'>, say: Say): readonly string[] => {
  if (ended.length === 0) return []
  const kinds = ended.map(({ kind, last_session }) =>
    say('kind_ended', { kind: plainNames(kind, say), on: last_session }),
  )
  return [say('ended', { kinds: firstOf(kinds, mostNamed, say).join(say('between_items')) })]
}

const missingOf = ({ missing }: Pick<Trust, 'missing'>, say: Say): readonly string[] =>
  missing.length ? [say('rows_missing', { objects: firstOf(missing, mostNamed, say).join(say('between_items')) })] : []

const lackingOf = (trust: Pick<Trust, 'missing' | 'behind' | 'ended'>, say: Say): readonly string[] => [
  ...missingOf(trust, say),
  ...behindOf(trust, say),
  ...endedOf(trust, say),
]

const noticeOf = (texts: readonly string[], sessionsBehind: string | number): Html | '' =>
  texts.length
    ? html`<div class="notice" role="alert" data-stale="${sessionsBehind}">${texts.map((text) => html`<p>${text}</p>`)}</div>`
    : ''

export const banner = (trust: Trust, say: Say): Html | '' => {
  const { stale } = trust
  const own = stale
    ? [say('stale', { latest: stale.latest, expected: stale.expected, count: whole(stale.sessionsBehind) })]
    : []
  return noticeOf([...own, ...lackingOf(trust, say)], stale?.sessionsBehind ?? 0)
}

/** The same without what changes from day to day, for pages that are written again only when the lake changes. */
export const steadyBanner = (trust: Trust, say: Say): Html | '' => {
  const { stale } = trust
  const own = stale ? [say('site_stale', { latest: stale.latest })] : []
  return noticeOf([...own, ...lackingOf(trust, say)], stale ? 'since' : 0)
}

/** What holds for the page of an earlier evening: it lacks the rows of lost objects, and of the sources that had ended by then. */
export const earlierBanner = (trust: Trust, session: string, say: Say): Html | '' =>
  noticeOf(lackingOf({ missing: trust.missing, ...behindOn(trust, session) }, say), 0)

/** The terms of sources, folded but for paper. */
export const termsHtml = (title: string, names: readonly string[], say: Say): Html | '' => {
  const { declared, imported } = termsOf(names)
  const terms = [
    ...declared.map(
      ({ name, homepage, licence }) => html`<a href="${homepage}">${name}</a>${say('terms_of_source', { licence })}`,
    ),
    ...(imported.length ? [say('terms_of_imports', { sources: imported.join(say('between_items')) })] : []),
  ]
  return terms.length
    ? html`<details class="printed"><summary>${title}</summary><ul>${terms.map((each) => html`<li>${each}</li>`)}</ul></details>`
    : ''
}

/** The page whose last lines are written: its session, the sections that it shows, and how old its data are. */
interface Closed {
  readonly trust: Trust
  readonly session: string
  readonly sections: readonly FilledSection[]
}

export const colophon = ({ trust, session, sections }: Closed, say: Say): Html => {
  const { madeAt, version } = trust
  const made = { version, session }
  const shown = sections.flatMap(({ exhibits }) => exhibits).flatMap(({ sources }) => sources)
  return html`<p>${madeAt ? say('made_at', { ...made, at: clock(madeAt) }) : say('made_by', made)}</p>
${termsHtml(say('terms'), shown, say)}`
}
