/** The banner of a stale lake, and the last lines of the page: made when, from which data, under which terms. */
import { html } from 'hono/html'
import type { Say } from '../language/language.ts'
import { plainNames } from '../language/names.ts'
import { clock, whole } from '../language/numbers.ts'
import type { Html } from './exhibit-html.ts'
import type { FilledSection } from './gather-report.ts'
import { type Behind, type Trust, termsOf } from './trust.ts'

/** More would hide the page. */
const mostBehind = 6

export const banner = ({ stale, behind }: Trust, say: Say): Html | '' => {
  if (!stale && behind.length === 0) return ''
  const isTwice = (source: string) => behind.filter((each) => each.source === source).length > 1
  const nameOf = ({ source, table_name }: Behind) =>
    isTwice(source) ? say('source_of', { source, table: plainNames(table_name, say) }) : source
  const shown = behind
    .slice(0, mostBehind)
    .map((each) => say('source_behind', { source: nameOf(each), on: each.last_session }))
  const more = behind.length > mostBehind ? [say('and_more', { count: behind.length - mostBehind })] : []
  return html`<div class="notice" role="alert" data-stale="${stale?.sessionsBehind ?? 0}">${
    stale
      ? html`<p>${say('stale', { latest: stale.latest, expected: stale.expected, count: whole(stale.sessionsBehind) })}</p>`
      : ''
  }${behind.length ? html`<p>${say('behind', { sources: [...shown, ...more].join(say('between_items')) })}</p>` : ''}</div>`
}

/** What the last lines are about: the page of a session, and the sections that it shows. */
interface Closed {
  readonly trust: Trust
  readonly session: string
  readonly sections: readonly FilledSection[]
}

export const colophon = ({ trust, session, sections }: Closed, say: Say): Html => {
  const { madeAt, version } = trust
  const made = { version, session }
  const { declared, imported } = termsOf(sections.flatMap(({ exhibits }) => exhibits).flatMap(({ sources }) => sources))
  const terms = [
    ...declared.map(({ name, homepage, licence }) => html`<a href="${homepage}">${name}</a>: ${licence}`),
    ...(imported.length ? [say('terms_of_imports', { sources: imported.join(say('between_items')) })] : []),
  ]
  return html`<p>${madeAt ? say('made_at', { ...made, at: clock(madeAt) }) : say('made_by', made)}</p>
${terms.length ? html`<details><summary>${say('terms')}</summary><ul>${terms.map((each) => html`<li>${each}</li>`)}</ul></details>` : ''}`
}
