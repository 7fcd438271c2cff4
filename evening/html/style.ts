/** The colours of the page on paper, whatever the reader's settings are. */
export const paperColours =
  '--ground: #fff; --card: #fff; --ink: #000; --quiet: #333; --edge: #bbb; --line: #124a86; --second: #5b2f96; --lit: #a01812; --faint: #777; --good: #14572f; --open: #5a4500; color-scheme: light;'

/** The looks of the page: light and dark, a phone and paper, by the reader's own settings. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --card: #f6f7f9; --ink: #16202c; --quiet: #4d5a69; --edge: #d5dbe2;
  --line: #1f5fa8; --second: #7a4fb5; --lit: #b3261e; --faint: #7b8896; --good: #1b6e3c; --open: #6b5200;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161c; --card: #1a212a; --ink: #e8edf3; --quiet: #aab6c3; --edge: #333e4a;
    --line: #7db4f0; --second: #c3a3f2; --lit: #ff8a80; --faint: #7d8a99; --good: #7fd3a0; --open: #e3c46a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
main, header, footer { max-width: 1160px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 24px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 4px; text-wrap: pretty; }
h2 { font-size: 1.25rem; margin: 40px 0 8px; padding-top: 8px; border-top: 2px solid var(--edge); }
h3 { font-size: 1rem; margin: 0 0 4px; }
p { margin: 6px 0; }
a { color: var(--line); }
.quiet, figcaption small, .source { color: var(--quiet); font-size: .85rem; }
.notice { overflow-wrap: anywhere; border: 2px solid var(--lit); border-radius: 8px; margin: 0 0 14px; padding: 8px 12px; font-weight: 600; }
.dateline { color: var(--quiet); font-size: .9rem; margin: 0 0 4px; }
.front { display: grid; grid-template-columns: minmax(0, 1.65fr) minmax(0, 1fr); gap: 8px 36px; margin-top: 12px; }
.whole { white-space: nowrap; }
.bullets { margin: 0 0 12px; padding-left: 20px; }
.bullets li { margin: 4px 0; }
.hero { max-width: 720px; }
.front h2, .caption { font-size: 1rem; margin: 0 0 4px; padding: 0; border: 0; }
figure.hero svg { max-width: 100%; }
@media (min-width: 641px) { figure.hero svg { font-size: 11px !important; } }
.block { border-top: 3px solid var(--edge); padding: 8px 0 10px; }
.block ul { margin: 4px 0; padding-left: 20px; }
.block p { margin: 4px 0; font-size: .92rem; }
.figures { display: flex; flex-wrap: wrap; gap: 4px 24px; }
.figures b { font-size: 1.35rem; line-height: 1.2; }
.figures .lit b { color: var(--lit); }
.verdict.contradicted { color: var(--lit); }
.verdict.supported { color: var(--good); }
.verdict.unknown { color: var(--open); }
.verdict { font-weight: 700; white-space: nowrap; }
.signal-groups { columns: 3 310px; column-gap: 32px; }
.group { break-inside: avoid; padding-bottom: 12px; }
.group h3, .signals h4 { margin: 0 0 4px; }
.signals { list-style: none; margin: 0; padding: 0; }
.signals > li { border-left: 4px solid var(--edge); padding: 2px 0 2px 10px; margin: 0 0 10px; break-inside: avoid; }
.signals > li.lit { border-left-color: var(--lit); }
.signals h4 { font-size: 1rem; }
.signals .name { font-weight: 600; }
.signals .twin { font-weight: 400; }
.signals .value { white-space: nowrap; }
.signals div.lit .value { color: var(--lit); }
.signals em { display: block; font-style: normal; font-size: .88rem; }
.signals em:empty { display: none; }
.signals .because, .signals .rare { display: block; color: var(--quiet); font-size: .82rem; line-height: 1.35; }
.spark { display: block; margin-top: 4px; }
.missing i { font-style: normal; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 8px 0; font-size: .9rem; }
.exhibits { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 20px 28px; align-items: start; }
.wide { grid-column: 1 / -1; }
figure { margin: 0; }
figure, .exhibit { min-width: 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 540px; background: none; color: var(--ink); overflow: visible; }
.scroll { overflow-x: auto; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 12px 28px; align-items: start; }
.cards td.text, .cards td.figure { text-align: left; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--line); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; }
figure table { font-size: .82rem; }
figure td, figure th { padding-right: 7px; }
th, td { padding: 4px 10px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--edge); }
th { color: var(--quiet); font-weight: 600; }
th.figure, td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.prose { min-width: 220px; white-space: pre-line; overflow-wrap: anywhere; }
summary { cursor: pointer; font-size: .85rem; color: var(--line); padding: 4px 0; }
pre { background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: 8px; overflow-x: auto; font-size: .8rem; line-height: 1.35; }
.later { background: var(--card); margin-top: 40px; padding: 8px 0 24px; border-top: 6px solid var(--second); }
footer { padding: 24px 16px 48px; }
@media (max-width: 800px) { .front { grid-template-columns: minmax(0, 1fr); } h1 { font-size: 1.35rem; } }
:lang(zh-Hans) { line-break: strict; word-break: normal; overflow-wrap: anywhere; }
:lang(zh-Hans) th { white-space: nowrap; }
:lang(zh-Hans) td.text { min-width: 4.5em; }
:lang(zh-Hans) h1, :lang(zh-Hans) h2, :lang(zh-Hans) h3 { word-break: auto-phrase; }
@media (max-width: 640px) {
  .claims thead { display: none; }
  .claims tr { display: block; border-bottom: 1px solid var(--edge); padding: 8px 0; }
  .claims td { display: block; border: 0; padding: 2px 0; min-width: 0; }
  .named thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .named tr { display: block; border-bottom: 1px solid var(--edge); padding: 6px 0; }
  .named td, .named td.figure, :lang(zh-Hans) .named td.text { display: flex; justify-content: space-between; gap: 12px; border: 0; padding: 1px 0; min-width: 0; text-align: right; white-space: normal; }
  .named td::before { content: attr(data-label); color: var(--quiet); text-align: left; flex: none; max-width: 60%; }
  .named td.prose { display: block; text-align: left; }
  .named td.prose::before { display: block; max-width: none; }
}
@media print {
  :root { ${paperColours} }
  @page { size: A4; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 9pt sans-serif; } }
  html { font-size: 9.5pt; }
  body { font-size: 1rem; line-height: 1.4; }
  .source { font-size: .7rem; line-height: 1.3; }
  th, td { padding: 2px 8px 2px 0; }
  main, header, footer { max-width: none; padding: 0; }
  nav, summary, .screen, details:not([open], .printed) { display: none; }
  details.printed summary { display: block; color: var(--ink); list-style: none; }
  details.printed::details-content { content-visibility: visible; display: block; }
  details.printed ul { columns: 2; column-gap: 20px; margin: 0; padding-left: 16px; }
  .front { grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); gap: 4px 20px; }
  h1 { font-size: 15pt; }
  .signal-groups { columns: 3; }
  .group { break-inside: auto; }
  .group h3, .signals h4, h2 + .quiet { break-after: avoid; }
  .signals .spark { break-before: avoid; }
  .exhibits { display: block; orphans: 1; widows: 1; }
  .exhibits > * { display: inline-block; vertical-align: top; width: calc(50% - 14px); margin: 0 14px 14px 0; }
  .exhibits > .wide { display: block; width: auto; margin-right: 0; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; }
  th.figure { white-space: normal; }
  .aside ul { font-size: .85rem; line-height: 1.3; }
  td.prose { min-width: 0; }
  h2, h3, thead, :is(h2, h3) ~ p:has(+ :is(p, table, .scroll, .cards, .exhibits)) { break-after: avoid; }
  h2 { margin-top: 20px; }
  p { break-inside: avoid; }
  figure, .exhibit:not(.wide), tr, .exhibit:not(:has(tr:nth-child(9), .cards)) { break-inside: avoid; }
  .cards > * { break-inside: avoid; }
  tbody tr:first-child { break-after: avoid; }
  tbody tr:last-child, .source { break-before: avoid; }
  .later { background: none; }
}
`
