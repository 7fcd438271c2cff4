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
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 24px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 1.25rem; margin: 40px 0 8px; padding-top: 8px; border-top: 2px solid var(--edge); }
h3 { font-size: 1rem; margin: 0 0 4px; }
p { margin: 6px 0; }
a { color: var(--line); }
.quiet, figcaption small, .source { color: var(--quiet); font-size: .85rem; }
.notice { border: 2px solid var(--lit); border-radius: 8px; padding: 8px 12px; font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 16px 0; }
.tile { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 10px 14px; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; }
.tile.lit b, .mark.lit, .verdict.contradicted { color: var(--lit); }
.verdict.supported { color: var(--good); }
.verdict.unknown { color: var(--open); }
.verdict { font-weight: 700; white-space: nowrap; }
.lit-list { list-style: none; margin: 8px 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 6px 20px; }
.lit-list li { border-left: 4px solid var(--lit); padding: 2px 0 2px 10px; }
.lit-list li.dark { border-color: var(--edge); }
.lit-list li.unknown { border-left-style: dashed; border-color: var(--open); }
.lit-list em { display: block; font-style: normal; font-size: .9rem; }
.lit-list em:empty { display: none; }
.lit-list span { display: block; color: var(--quiet); font-size: .85rem; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 8px 0; font-size: .9rem; }
.exhibits { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 20px 28px; align-items: start; }
.wide { grid-column: 1 / -1; }
figure { margin: 0; }
figure, .exhibit { min-width: 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 560px; background: none; color: var(--ink); overflow: visible; }
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
.later .tile { background: var(--ground); }
footer { padding: 24px 16px 48px; }
@media (max-width: 640px) {
  .claims thead { display: none; }
  .claims tr { display: block; border-bottom: 1px solid var(--edge); padding: 8px 0; }
  .claims td { display: block; border: 0; padding: 2px 0; min-width: 0; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --ink: #000; --quiet: #333; --edge: #bbb; --line: #124a86; --second: #5b2f96; --lit: #a01812; --faint: #777; --good: #14572f; --open: #5a4500; color-scheme: light; }
  body { font-size: 11pt; }
  nav, details:not([open]) { display: none; }
  h2 { break-after: avoid; }
  figure, .exhibit, tr { break-inside: avoid; }
}
`
