/** An exhibit as HTML: the drawing with its text alternative, the table, the query below. */
import { html, raw } from 'hono/html'
import type { Row } from '../gather/subject.ts'
import { asTable } from '../language/counts.ts'
import { type Say, saying } from '../language/language.ts'
import { cell, isNumeric } from './cells.ts'
import type { ChartContext, Column, Filled, Html } from './exhibit.ts'
import { svgText } from './svg-text.ts'
import { unbroken } from './unbroken.ts'

export type { Html }

const value = (of: Row, name: string) => {
  const found = of[name]
  return found === null || found === undefined ? '' : String(found)
}

const heading = ([name, { label, format }]: [string, Column], say: Say) =>
  html`<th scope="col" data-column="${name}" class="${isNumeric(format) ? 'figure' : 'text'}">${say(label)}</th>`

interface Looks {
  /** In a table with many rows a dash is easier on the eye than the word. */
  readonly isDashed?: boolean
  /** A phone shows the row as lines, each with the name of its column. */
  readonly isNamed?: boolean
}

const dataCell = (row: Row, [name, column]: [string, Column], say: Say, looks: Looks = {}) => {
  const { label, format, write } = column
  const named = looks.isNamed ? html` data-label="${say(label)}"` : ''
  const reason = isKnown(row[name]) ? undefined : column.unknown?.(row, say)
  if (reason) return html`<td data-value="" class="text"${named}>${reason}</td>`
  if (looks.isDashed && (row[name] === null || row[name] === undefined))
    return html`<td data-value="" class="${isNumeric(format) ? 'figure' : 'text'}" aria-label="${say('unknown')}"${named}>–</td>`
  const written = write && isKnown(row[name]) ? write(Number(row[name]), row, say) : cell(row[name], format, say)
  const kind = isNumeric(format) ? 'figure' : written.length > 40 ? 'prose' : 'text'
  return html`<td data-value="${value(row, name)}" class="${kind}"${named}>${written}</td>`
}

/** More columns than this do not fit side by side on a phone. */
const columnsOnPhone = 3
/** A longer table stays one, which a reader can move. */
const rowsOnPhone = 40

const tableOf = ({ id, columns, rows, title }: Filled, say: Say) => {
  const shown = Object.entries(columns)
  const isNamed = shown.length > columnsOnPhone && rows.length <= rowsOnPhone
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${say(title)}"><table data-exhibit="${id}"${isNamed ? html` class="named"` : ''}>
<thead><tr>${shown.map((column) => heading(column, say))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${shown.map((column) => dataCell(row, column, say, { isDashed: true, isNamed }))}</tr>`)}</tbody>
</table></div>`
}

const isKnown = (value: Row[string] | undefined): boolean => value !== null && value !== undefined

/** One row reads better downwards. */
const cardOf = (
  { id, columns, title }: Filled,
  row: Row,
  say: Say,
) => html`<div class="scroll" tabindex="0" role="region" aria-label="${say(title)}"><table data-exhibit="${id}" data-turned>
<tbody>${Object.entries(columns)
  .filter(([name]) => isKnown(row[name]))
  .map(
    (column) =>
      html`<tr><th scope="row" data-column="${column[0]}">${say(column[1].label)}</th>${dataCell(row, column, say)}</tr>`,
  )}</tbody>
</table></div>`

export const queryOf = (query: string, say: Say) =>
  html`<details><summary>${say('query')}</summary><pre><code>${query}</code></pre></details>`

const sourceLine = ({ sql, sources, rows }: Filled, say: Say) => {
  const views = [...new Set(sql.reads.map(({ name }) => name))].join(', ')
  const from = say('from_views', { views })
  return html`<p class="source">${from}${rows.length ? say('reported_by', { sources: sources.join(', ') || say('computed') }) : ''}</p>`
}

/** Columns that say what a row is about, and no figure of it. */
const labels = ['session', 'symbol', 'source', 'definition', 'component', 'precursor_group', 'basket', 'instrument']

/** Whether no figure of it is known, or too few for its drawing. */
export const isEmpty = ({ rows, columns, chart }: Filled): boolean => {
  const drawn = chart?.value
  if (drawn !== undefined && rows.filter((row) => isKnown(row[drawn])).length < (chart?.fewest ?? 0)) return true
  const figures = Object.keys(columns).filter((name) => !labels.includes(name))
  return rows.every((row) => figures.every((name) => !isKnown(row[name])))
}

/** Whether there are rows enough to draw, with a value of the column that is drawn. */
const isDrawn = ({ value: drawn, fewestRows = 0 }: NonNullable<Filled['chart']>, rows: readonly Row[]): boolean =>
  rows.length >= fewestRows && (drawn === undefined || rows.some((row) => isKnown(row[drawn])))

export const exhibitOf = (exhibit: Filled, context: Omit<ChartContext, 'say'>): Html => {
  const say = saying(context.language)
  const { id, title, note, rows } = exhibit
  // An exhibit that cannot be drawn is shown as one without a chart.
  const chart = exhibit.chart && isDrawn(exhibit.chart, rows) ? exhibit.chart : undefined
  const words = html`<h3 id="${id}">${say(title)}${chart ? html` <small class="quiet">${say(chart.unit)}</small>` : ''}</h3>
${note ? html`<p class="quiet">${say(note)}</p>` : ''}`
  const below = html`${sourceLine(exhibit, say)}${queryOf(exhibit.sql.text, say)}`
  if (!chart) {
    const columnCount = Object.keys(exhibit.columns).length
    const areCards = exhibit.areCards || (rows.length === 1 && columnCount > 4)
    const body = areCards
      ? html`<div class="cards">${rows.map((row) => cardOf(exhibit, row, say))}</div>`
      : tableOf(exhibit, say)
    const isWide = exhibit.areCards || (!areCards && columnCount > 4)
    return html`<div class="exhibit${isWide ? ' wide' : ''}">${words}${body}${below}</div>`
  }
  const other = context.shownBy?.(exhibit, { ...context, say })
  if (other) return html`<figure data-chart="${id}">${words}${other}${below}</figure>`
  const alternative = chart.alternative(rows, { ...context, say })
  const table = tableOf(exhibit, say)
  return html`<figure data-chart="${id}">${words}
<div role="img" aria-label="${alternative}">${raw(svgText(chart.draw(rows, { ...context, say })))}</div>
<figcaption><small>${unbroken(alternative)}</small></figcaption>
<details><summary>${asTable(rows.length, say)}</summary>${table}</details>
${below}</figure>`
}
