/** The query page: a statement, its rows, and a chart of them. It needs no other file and no other host. */
import { html, raw } from 'hono/html'
import { savedQueries } from '../desk/describe.ts'

const style = `
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem; color-scheme: light dark }
textarea { width: 100%; box-sizing: border-box; font: 14px/1.4 ui-monospace, monospace }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { border: 1px solid #8886; padding: .2rem .5rem; text-align: left }
#rows { overflow: auto; max-height: 60vh } #said { min-height: 1.5em } svg { width: 100%; height: 260px }`

const script = `
const by = (id) => document.getElementById(id)
const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text === null ? '' : String(text) })
const row = (tag, values) => { const tr = document.createElement('tr'); tr.append(...values.map((v) => cell(tag, v))); return tr }
const chart = ({ columns, rows }) => {
  const svg = by('chart'); svg.replaceChildren()
  const number = columns.find((name) => rows.some((each) => typeof each[name] === 'number') && rows.every((each) => each[name] === null || typeof each[name] === 'number'))
  const points = rows.map((each, i) => [i, each[number]]).filter(([, v]) => typeof v === 'number')
  if (!number || points.length < 2) return
  const day = columns.find((name) => /^\\d{4}-\\d\\d-\\d\\d/.test(rows[0][name]))
  if (day && rows[0][day] > rows.at(-1)[day]) points.forEach((p) => { p[0] = rows.length - 1 - p[0] })
  points.sort((a, b) => a[0] - b[0])
  const values = points.map(([, v]) => v), low = Math.min(...values), high = Math.max(...values)
  const x = (i) => 60 + 920 * i / Math.max(1, rows.length - 1), y = (v) => 220 - 200 * (v - low) / (high - low || 1)
  const add = (name, attributes, text) => { const e = document.createElementNS('http://www.w3.org/2000/svg', name); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); if (text !== undefined) e.textContent = text; svg.append(e) }
  add('polyline', { points: points.map(([i, v]) => x(i) + ',' + y(v)).join(' '), fill: 'none', stroke: 'currentColor', 'stroke-width': 2 })
  add('text', { x: 0, y: 24, 'font-size': 14 }, high); add('text', { x: 0, y: 224, 'font-size': 14 }, low)
  add('text', { x: 60, y: 250, 'font-size': 14 }, number + (day ? ' by ' + day : ''))
}
by('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  by('said').textContent = 'asking'
  const started = performance.now()
  const question = { sql: by('sql').value }
  if (by('as_of').value) question.as_of = by('as_of').value
  const answer = await (await fetch('/query', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) })).json()
  by('head').replaceChildren(); by('body').replaceChildren(); by('chart').replaceChildren()
  if (answer.error) { by('said').textContent = answer.error; return }
  by('head').append(row('th', answer.columns))
  by('body').append(...answer.rows.map((each) => row('td', answer.columns.map((name) => each[name]))))
  by('said').textContent = answer.rows.length + ' rows' + (answer.is_cut ? ', cut off' : '') + ' as of ' + answer.as_of + ', ' + Math.round(performance.now() - started) + ' ms'
  chart(answer)
})
by('saved').addEventListener('change', () => { by('sql').value = by('saved').value })`

export const queryPage = (notice: string | undefined, nonce: string) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Precursor</title>
<style nonce="${nonce}">${raw(style)}</style></head><body>
<h1>Precursor</h1>
${notice ? html`<p><strong>${notice}</strong></p>` : ''}
<p><a href="/report/latest">Report of the latest session</a> · <a href="/openapi.json">HTTP interface</a></p>
<form id="form">
<p><label>Saved query <select id="saved"><option value=""></option>${savedQueries().map(
  ({ name, sql }) => html`<option value="${sql}">${name}</option>`,
)}</select></label>
<label>As of <input id="as_of" placeholder="2025-11-20T13:29:59Z"></label> <button>Ask</button></p>
<p><label for="sql">SQL</label><textarea id="sql" rows="8">select session, score from precursor_score order by session desc limit 250</textarea></p>
</form>
<p id="said" role="status"></p>
<svg id="chart" viewBox="0 0 1000 260" role="img" aria-label="Chart of the first column of numbers"></svg>
<div id="rows"><table><thead id="head"></thead><tbody id="body"></tbody></table></div>
<script nonce="${nonce}">${raw(script)}</script></body></html>`
