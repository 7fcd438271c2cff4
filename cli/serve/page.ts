/** The query page: a statement, its rows, and a chart of them. It asks no other host. */
import { html, raw } from 'hono/html'
import { savedQueries } from '../desk/describe.ts'
import { pageScript } from './page-script.ts'

const style = `
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem; color-scheme: light dark }
h1 { margin: .2rem 0 } nav a { margin-right: 1rem }
textarea { width: 100%; box-sizing: border-box; font: 14px/1.4 ui-monospace, monospace }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { border: 1px solid #8886; padding: .2rem .5rem; text-align: left }
th { position: sticky; top: 0; background: Canvas }
#rows { overflow: auto; max-height: 60vh } #said { min-height: 1.5em; white-space: pre-wrap } #columns label { margin-right: 1rem }
figure { margin: 1rem 0 } #files a { margin-right: 1rem }`

export const queryPage = (notice: string | undefined, nonce: string) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Precursor</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/uplot.css"><style nonce="${nonce}">${raw(style)}</style></head><body>
<h1>Precursor</h1>
${notice ? html`<p><strong>${notice}</strong></p>` : ''}
<nav aria-label="Pages"><a href="/site/index.html">Evenings</a><a href="/report/latest">Report of the latest session</a><a href="/site/dictionary.html">Dictionary</a><a href="/openapi.json">HTTP interface</a></nav>
<form id="form">
<p><label>Saved query <select id="saved"><option value=""></option>${savedQueries().map(
  ({ name, doc, sql }) => html`<option value="${sql}" title="${doc}">${name}</option>`,
)}</select></label>
<label>As of <input id="as_of" size="24" placeholder="2025-11-20T13:29:59Z"></label> <button>Ask</button></p>
<p><label for="sql">SQL (Ctrl-Enter asks)</label><textarea id="sql" rows="6" spellcheck="false">select session, score from precursor_score order by session desc limit 250</textarea></p>
</form>
<p id="said" role="status"></p>
<figure id="figure" hidden><figcaption id="columns"></figcaption><div id="chart" role="img"></div></figure>
<p id="files" hidden><a data-format="csv" download="answer.csv">CSV</a><a data-format="json" download="answer.json">JSON</a><a data-format="arrow" download="answer.arrows">Arrow</a></p>
<div id="rows" tabindex="0"><table><thead id="head"></thead><tbody id="body"></tbody></table></div>
<script src="/assets/uplot.js"></script><script nonce="${nonce}">${raw(pageScript)}</script></body></html>`
