import { paperColours } from '../html/style.ts'

/** What the site looks like beyond the report. */
export const siteStyle = `
header nav { padding-bottom: 12px; }
.chart { width: 100%; min-height: 320px; --paper: 700px; }
.hero .chart { --paper: 416px; }
.exhibits .chart { --paper: 336px; }
:root.paper { ${paperColours} }
.chart.small { min-height: 290px; max-width: 540px; }
.ranges { display: flex; gap: 8px; }
button, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: 3px 9px; }
th button { border: 0; background: none; padding: 0; color: var(--quiet); font-weight: 600; cursor: pointer; }
th[aria-sort] button { color: var(--ink); }
th[aria-sort='descending'] button::after { content: ' ▾'; }
th[aria-sort='ascending'] button::after { content: ' ▴'; }
#evenings td:first-child { white-space: nowrap; }
@media (max-width: 640px) {
  #evenings tr { display: grid; grid-template-columns: 6.2em minmax(0, 6fr) minmax(0, 7fr) minmax(0, 6fr) minmax(0, 9fr); border-bottom: 1px solid var(--edge); padding: 3px 0; }
  #evenings th, #evenings td { border: 0; min-width: 0; padding: 1px 6px 1px 0; overflow-wrap: anywhere; }
  #evenings :is(th, td):last-child { grid-column: 1 / -1; }
}
.neighbours { max-width: 1160px; margin: 0 auto; padding: 0 16px; display: flex; justify-content: space-between; }
.late { color: var(--lit); font-weight: 700; }
.marks { position: absolute; inset: 0; pointer-events: none; font-size: 12px; line-height: 15px; }
.chart > .marks { visibility: hidden; }
.marks span { position: absolute; white-space: nowrap; }
.marks .end { font-weight: 600; transform: translateY(-50%); }
.marks .level { background: var(--ground); padding: 0 3px; }
.later .marks .level { background: var(--card); }
.marks .session { height: 100%; border-left: 1px dashed var(--lit); }
.u-legend th, .u-legend td { border: 0; }
.u-legend { color: var(--ink); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--line); outline-offset: 2px; }
@media print {
  .chart, .chart.small { width: var(--paper); max-width: 100%; min-height: 0; }
  .u-legend { font-size: 11px; }
  .ranges, .neighbours, #more, label:has(#search) { display: none; }
  th button { color: inherit; }
  th[aria-sort] button::after { content: none; }
}
`
