/** The list of all evenings, the pages of the signals, and the dictionary. */
import { html, raw } from 'hono/html'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import { allRelations } from '../../schemas/relations.ts'
import { levelsOf, levelText } from '../../schemas/signal-levels.ts'
import type { Signal } from '../../schemas/signals.ts'
import { ofEarlierSession } from '../gather/observed.ts'
import type { Html } from '../html/exhibit-html.ts'
import { afterSentence, inLanguage, type Key, type Say, saying } from '../language/language.ts'
import { plainNames } from '../language/names.ts'
import { percent, whole, withMinus } from '../language/numbers.ts'
import { signalValue } from '../language/signal-value.ts'
import { type ChartPlace, chartPlace, type Frame, framed } from './layout.ts'
import type { History } from './rarities.ts'

export type Base = Pick<Frame, 'language' | 'notice' | 'footer'>

/** What the list says of an evening on which nothing hit. */
export const withoutCatalysts = ['site_not_covered', 'site_none_known'] as const

/** Abbreviations by which a reader may look for a kind. They are the same in every language. */
const abbreviations: Readonly<Record<string, string>> = {
  consumer_prices: 'CPI',
  employment_cost_index: 'ECI',
  gross_domestic_product: 'GDP',
  job_openings: 'JOLTS',
  manufacturing_survey: 'ISM',
  personal_consumption_prices: 'PCE',
}

/** Words by which the search of the list finds each kind of catalysts. */
const kindWords = (say: Say): string =>
  catalystKinds.map(({ kind }) => `${plainNames(kind, say)} ${abbreviations[kind] ?? ''}`.trim()).join('|')

export const indexPage = (base: Base, latest: Html, count: number): string => {
  const say = saying(base.language)
  const columns = [
    'column_session',
    'column_score',
    'site_early_warning',
    'column_lit_count',
    'column_close_return',
    'site_catalysts',
  ] as const
  // The number in `data-by` is the place in a row of the list; known signals have no column of their own.
  const places = [0, 1, 2, 3, 5, 6]
  return framed(
    { ...base, title: 'Precursor', root: '', data: ['evenings', 'pages', 'market'] },
    html`${latest}<main><section><h2>${say('site_all_evenings')}</h2>
<p><label>${say('site_search')} <input id="search" type="search" autocomplete="off"></label> <span id="count">${whole(count)}</span> ${say('site_evenings_count')}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${say('site_all_evenings')}"><table id="evenings" data-without="${withoutCatalysts.map((key) => say(key)).join('|')}" data-kinds="${kindWords(say)}"><thead><tr>${columns.map((label, i) => html`<th scope="col"${i === 0 ? raw(' aria-sort="descending"') : ''}><button type="button" data-by="${places[i]}">${say(label)}</button></th>`)}</tr></thead><tbody></tbody></table></div>
<p><button type="button" id="more">${say('site_more')}</button></p></section></main>`,
  )
}

/** Sessions on which a signal lit anew that its page lists. */
const mostStarts = 40

export interface SignalHistory {
  readonly signal: Signal
  readonly history: History
  readonly lit: readonly string[]
  /** Sessions on which it lit anew, oldest first. */
  readonly starts: readonly string[]
}

/** The sessions on which the value is known, and the values. */
const knownIn = ({ sessions, values }: History) =>
  sessions.flatMap((session, i) => {
    const value = values[i] ?? null
    return value === null ? [] : [[session, value] as const]
  })

const shareOf = ({ history, lit }: SignalHistory) => {
  const known = history.values.filter((value) => value !== null).length
  return known ? lit.length / known : null
}

/** How the chart of a signal is scaled: a signal that only says yes or no has these two values and no level. */
const scaleOf = (
  signal: Signal,
  level: number,
  say: Say,
): Pick<ChartPlace, 'answers' | 'figure' | 'level' | 'levelText'> => {
  const { format } = signal
  if (format === 'yes') return { answers: [say('no'), say('yes')] }
  const levelAt = say('lit_beyond', { level: withMinus(levelText(signal, level)) })
  const isCount = format === 'sessions' || format === 'days' || format === 'kinds'
  return { level, levelText: levelAt, ...(format === 'number' ? {} : { figure: isCount ? 'count' : format }) }
}

export const signalPage = (base: Base, of: SignalHistory, pages: ReadonlySet<string>): string => {
  const { language } = base
  const say = saying(language)
  const { signal, history, lit, starts } = of
  const known = knownIn(history)
  const share = shareOf(of)
  const { on } = levelsOf(signal)
  const link = (session: string) =>
    pages.has(session) ? html`<a href="../evening/${session}.html">${session}</a>` : session
  const last = known.at(-1)
  const isOfEarlier = ofEarlierSession.includes(signal)
  const decades = new Map<string, { lit: number; known: number }>()
  const isLit = new Set(lit)
  for (const [session] of known) {
    const decade = `${session.slice(0, 3)}0`
    const own = decades.get(decade) ?? { lit: 0, known: 0 }
    decades.set(decade, { lit: own.lit + (isLit.has(session) ? 1 : 0), known: own.known + 1 })
  }
  return framed(
    { ...base, title: inLanguage(signal.title, language), root: '../', data: [`signal-${signal.column}`] },
    html`<main><h1>${inLanguage(signal.title, language)}</h1>
<p>${withMinus(inLanguage(signal.lit, language).replaceAll('{on}', levelText(signal, on)))}</p>
${
  last
    ? html`<p>${say('site_signal_facts', {
        value: signalValue(signal, last[1], say),
        on: last[0],
        share: share === null ? say('unknown') : percent(share),
        count: whole(known.length),
        since: known[0]![0],
        times: whole(starts.length),
      })}${isOfEarlier ? `${afterSentence(say)}${say('site_of_earlier')}` : ''}</p>
<figure>${raw(chartPlace({ series: `signal-${signal.column}`, columns: ['value'], labels: [inLanguage(signal.title, language)], ...scaleOf(signal, on, say) }, language))}</figure>
<h2>${say('site_by_decade')}</h2><table><thead><tr><th scope="col">${say('site_decade')}</th><th scope="col" class="figure">${say('site_lit_share')}</th><th scope="col" class="figure">${say('column_sessions')}</th></tr></thead><tbody>${[...decades].map(([decade, each]) => html`<tr><td>${decade}</td><td class="figure">${percent(each.lit / each.known)}</td><td class="figure">${whole(each.known)}</td></tr>`)}</tbody></table>
<h2>${say('site_lit_on')}</h2><p>${
        starts.length > mostStarts ? say('site_latest_of', { shown: mostStarts, count: whole(starts.length) }) : ''
      }${
        starts.length
          ? starts
              .slice(-mostStarts)
              .reverse()
              .map((session, i) => html`${i ? ', ' : ''}${link(session)}`)
          : say('none')
      }</p>`
    : html`<p>${say('never_known')}</p>`
}</main>`,
  )
}

export const signalsPage = (base: Base, all: readonly SignalHistory[]): string => {
  const { language } = base
  const say = saying(language)
  const share = (of: SignalHistory) => {
    const found = shareOf(of)
    return found === null ? say('unknown') : percent(found)
  }
  const columns: readonly (readonly [Key, 'text' | 'figure', (of: SignalHistory) => Html | string])[] = [
    [
      'column_mechanism',
      'text',
      ({ signal }) => html`<a href="signal/${signal.column}.html">${inLanguage(signal.title, language)}</a>`,
    ],
    ['column_group', 'text', ({ signal }) => plainNames(signal.group, say)],
    ['site_lit_share', 'figure', share],
    ['column_sessions', 'figure', ({ history }) => whole(knownIn(history).length)],
    ['site_last_lit', 'text', ({ lit }) => lit.at(-1) ?? '–'],
  ]
  const heads = columns.map(([label, kind]) => html`<th scope="col" class="${kind}">${say(label)}</th>`)
  const cells = (of: SignalHistory) =>
    columns.map(([label, kind, written]) => html`<td class="${kind}" data-label="${say(label)}">${written(of)}</td>`)
  return framed(
    { ...base, title: say('nav_signals'), root: '' },
    html`<main><h1>${say('nav_signals')}</h1>
<div class="scroll" tabindex="0" role="region" aria-label="${say('nav_signals')}"><table class="named"><thead><tr>${heads}</tr></thead><tbody>${all.map((of) => html`<tr>${cells(of)}</tr>`)}</tbody></table></div></main>`,
  )
}

export const dictionaryPage = (base: Base): string => {
  const say = saying(base.language)
  const relations = [...allRelations].sort((a, b) => a.name.localeCompare(b.name))
  return framed(
    { ...base, title: say('site_dictionary'), root: '' },
    html`<main><h1>${say('site_dictionary')}</h1><p class="quiet">${say('site_dictionary_note')}</p>${relations.map(
      ({ name, doc, columns }) =>
        html`<details id="${name}"><summary><b>${name}</b> ${doc}</summary><table><tbody>${Object.entries(columns).map(([column, { doc: meaning, unit }]) => html`<tr><th scope="row">${column}</th><td>${unit ?? ''}</td><td>${meaning}</td></tr>`)}</tbody></table></details>`,
    )}</main>`,
  )
}
