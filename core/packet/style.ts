/** Of the packet's page; on paper it is black on white, and nothing of a remark is parted from who said it. */
export const PACKET_STYLE = `
:root { color-scheme: light dark; --ink: #1f2933; --quiet: #52606d; --paper: #ffffff; --tint: #f4f6f8; --line: #cbd2d9; --link: #1f5fa8; --grave: #a4262c; --customer: #1f5fa8; }
@media (prefers-color-scheme: dark) { :root { --ink: #edf0f3; --quiet: #b3bcc5; --paper: #14191f; --tint: #1e252d; --line: #46525e; --link: #8fc0f5; --grave: #ff9c94; --customer: #8fc0f5; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.25rem 0 0.6rem; text-wrap: balance; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 0.6rem; }
h3 { font-size: 0.95rem; line-height: 1.4; margin: 1.1rem 0 0.3rem; color: var(--quiet); font-weight: 600; }
h2 + h3 { margin-top: 0; }
p { margin: 0 0 0.6rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.where, .state, .as-of { color: var(--quiet); }
.where { margin: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; }
.state { display: flex; flex-wrap: wrap; gap: 0.3rem 0.7rem; align-items: baseline; margin: 0; }
.stage { color: var(--ink); }
.severity { font-weight: 700; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 0.3rem; color: var(--ink); }
.severity.grave { color: var(--grave); }
section { margin-top: 2.25rem; }
.short { margin-top: 1.5rem; padding: 1rem 1.15rem 0.6rem; background: var(--tint); border-radius: 0.5rem; }
.written { white-space: pre-wrap; }
dl { margin: 0 0 0.6rem; }
dl > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: 0.25rem 0; }
dt { color: var(--quiet); text-align: start; }
dd { margin: 0; text-align: start; }
ul, ol { margin: 0 0 0.6rem; padding-inline-start: 1.5rem; }
li { margin: 0.2rem 0; }
nav { margin-top: 1.5rem; font-size: 0.9rem; }
nav ul { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; }
nav li { margin: 0; }
nav a { display: inline-block; padding: 0.15rem 0; }
pre { margin: 0 0 0.6rem; padding: 0.75rem 0.9rem; background: var(--tint); border-radius: 0.4rem; font: 0.85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
article { border-inline-start: 3px solid var(--line); padding-inline-start: 0.9rem; margin: 0 0 1.25rem; }
article.customer { border-color: var(--customer); }
article h3 { margin: 0 0 0.25rem; color: var(--ink); display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; }
article h3 time, .role, .when { color: var(--quiet); font-weight: 400; font-size: 0.9rem; }
.internal { font-weight: 700; color: var(--grave); font-size: 0.9rem; }
.files { font-size: 0.9rem; }
.timeline { list-style: none; padding: 0; }
.timeline li { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; padding: 0.3rem 0; margin: 0; }
.timeline p { margin: 0; }
.when .who { display: block; }
time, .whole { white-space: nowrap; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; margin-bottom: 0.6rem; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
tbody th { font-weight: 400; }
thead th { font-weight: 600; color: var(--quiet); font-size: 0.9rem; }
td { font-variant-numeric: tabular-nums; }
* + table { margin-top: 0.9rem; }
h2 + table, h3 + table { margin-top: 0; }
@media (max-width: 34rem) {
  body { padding: 1rem 0.9rem 3rem; }
  h1 { font-size: 1.35rem; }
  dl > div, .timeline li { grid-template-columns: minmax(0, 1fr); padding: 0.35rem 0; }
  .when .who { display: inline; margin-inline-start: 0.5rem; }
  .short { padding: 0.9rem 0.9rem 0.5rem; }
  .wide thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide tr { display: block; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  .wide th, .wide td { display: block; border: 0; padding: 0; }
  .wide tbody th { font-weight: 600; }
  .wide td::before { content: attr(data-column) ": "; color: var(--quiet); }
}
@media print {
  @page { margin: 18mm 16mm; }
  :root { color-scheme: light; --ink: #000000; --quiet: #3d3d3d; --paper: #ffffff; --tint: #ffffff; --line: #999999; --link: #000000; --grave: #000000; --customer: #000000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  .short { padding: 0.6rem 0.8rem; border: 1px solid #000000; }
  pre { border: 1px solid #999999; }
  section { margin-top: 1.4rem; }
  h1, h2, h3 { break-after: avoid; }
  dl > div, .timeline li, li, tr, .short { break-inside: avoid; }
  p, li, pre { orphans: 3; widows: 3; }
  dd a::after { content: " (" attr(href) ")"; font-size: 0.85em; }
}
`
