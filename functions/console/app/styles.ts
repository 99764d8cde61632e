/** What the console adds to the design system: its own layout and the system's fonts. It loads no picture. */

const tick =
  "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='%23fff' d='M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4z'/%3E%3C/svg%3E\")";

export const ownStyles = `
body { background: #fff; line-height: 1.5; }
.console-header { background: #162e51; color: #fff; }
.console-header a { color: #fff; }
.console-header .usa-nav__primary { margin: 0; }
.console-bar { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding-block: 0.75rem; }
.console-menu { flex: 1 1 auto; }
.console-menu > summary { cursor: pointer; width: max-content; margin-left: auto; padding: 0.25rem 0.5rem; font-weight: 700; }
.console-menu > summary:focus { outline: 0.25rem solid #fff; outline-offset: 2px; }
.console-menu[open] { flex-basis: 100%; }
.console-parts { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; }
/* Wide screens show the menu unfolded. A browser that cannot do so keeps the fold. */
@supports selector(::details-content) {
  @media (min-width: 48em) {
    .console-menu > summary { display: none; }
    .console-menu::details-content { content-visibility: visible; display: block; }
  }
}
.console-bar nav { flex: 1 1 auto; min-width: 0; }
.console-bar ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
.console-bar form { margin: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.console-bar .usa-input { margin: 0; height: 2.25rem; width: 12rem; color: #1b1b1b; }
.console-bar .usa-label { margin: 0; color: #fff; }
.console-bar .usa-button { margin: 0; padding: 0.5rem 0.75rem; width: auto; }
.usa-button { line-height: 1.2; }
.choices { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.choices .usa-button { margin: 0; }
.console-bar .usa-button--outline { color: #fff; box-shadow: inset 0 0 0 2px #fff; }
.console-header a:focus, .console-header button:focus, .console-header input:focus { outline: 0.25rem solid #fff; outline-offset: 2px; }
main.grid-container, .console-bar.grid-container { max-width: 80rem; }
main.grid-container { padding-top: 1.5rem; padding-bottom: 4rem; }
.scroll { overflow-x: auto; }
.scroll:focus { outline: 0.25rem solid #2491ff; }
.usa-table { width: 100%; }
.usa-table ul { margin: 0; padding-left: 1.2rem; }
.numbers th:not(:first-child), .numbers td { text-align: right; font-variant-numeric: tabular-nums; }
.usa-select { appearance: auto; padding-right: 0.5rem; max-width: 30rem; }
.usa-textarea { max-width: 40rem; height: 8rem; }
.usa-checkbox__input:checked + [class*="__label"]::before { background-image: ${tick}; }
.usa-fieldset .usa-fieldset { border-left: 0.25rem solid #dfe1e2; padding-left: 1rem; }
.child { border: 1px solid #a9aeb1; padding: 0 1rem 1rem; margin-top: 1.5rem; }
.required { color: #565c65; font-weight: normal; }
/* What is in a details element inherits the sizing of the browser's own slot: a button of full width would be wider than the screen. */
details > * { box-sizing: border-box; }
details.act { border: 1px solid #a9aeb1; margin: 0.5rem 0; padding: 0.75rem 1rem; }
details.act > summary { font-weight: 700; cursor: pointer; }
details.act[open] > summary { margin-bottom: 0.5rem; }
summary:focus { outline: 0.25rem solid #2491ff; }
dl.facts { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0 1rem; }
dl.facts dt { font-weight: 700; } dl.facts dd { margin: 0; }
.late { font-weight: 700; color: #b50909; }
.hash { font-family: monospace; overflow-wrap: anywhere; }
.prose { white-space: pre-wrap; max-width: 50rem; }
/* A button of the design system would be shown all the same. */
[hidden] { display: none !important; }
.asked { border-left: 0.5rem solid #005ea2; background: #eff6fb; padding: 0.5rem 1rem; margin: 1rem 0; }
.asked li { margin: 0.5rem 0; }
.asked details summary { cursor: pointer; color: #565c65; font-size: 0.93rem; }
.usa-alert .usa-alert__heading { line-height: 1.3; }
.on-call { margin: 0 0 1.5rem; }
.on-call caption { text-align: left; font-weight: 700; font-size: 1.15rem; padding: 0.25rem 0; }
.on-call .on-duty th, .on-call .on-duty td { background: #ecf3ec; }
.on-call .number { font-weight: 700; white-space: nowrap; font-size: 1.1rem; }
.on-call .badge { display: block; font-weight: 700; color: #19311e; }
.map svg { display: block; max-width: 100%; height: auto; margin-bottom: 10px; }
.map-middle, .map-wide { display: none; }
/* The picture has the heading in it. */
.map-head { position: absolute; left: -999em; }
.map-table { margin: 0.25rem 0 1.5rem; }
.map-table summary { cursor: pointer; }
@media (min-width: 48em) {
  .map-narrow { display: none; }
  .map-middle { display: block; }
}
@media (min-width: 76em) {
  .map-middle { display: none; }
  .map-wide { display: block; }
}
/* The width at which the design system stacks the cells of a table. */
@media (max-width: 29.99em) {
  .usa-table--stacked-header tr { display: block; border-bottom: 1px solid #a9aeb1; }
  .usa-table--stacked-header tr td { padding: 0.15rem 0.75rem; border: 0; overflow-wrap: anywhere; }
  .usa-table--stacked-header tr td:last-child { padding-bottom: 0.75rem; }
  .usa-table--stacked-header tr th:first-child, .usa-table--stacked-header tr:first-child th:first-child { padding: 0.5rem 0.75rem; border: 0; background: #f0f0f0; line-height: 1.3; overflow-wrap: anywhere; }
  .usa-table--stacked-header tr td[data-label]::before { content: attr(data-label) ": "; display: inline; margin: 0; padding: 0; color: #565c65; font-weight: normal; }
  dl.facts { grid-template-columns: minmax(6rem, 45%) 1fr; }
  .numbers tr td { display: inline-block; width: auto; padding-right: 0; text-align: left; }
}
@media (max-width: 40em) {
  .on-call thead { position: absolute; left: -999em; }
  .on-call tr { display: block; border-bottom: 1px solid #a9aeb1; padding: 0.5rem 0; }
  .on-call .on-duty { background: #ecf3ec; }
  .on-call th, .on-call td { display: block; border: 0; padding: 0.1rem 0.5rem; }
  .on-call td[data-label]::before { content: attr(data-label) ": "; color: #565c65; font-weight: normal; }
  .on-call .number { font-size: 1.3rem; }
}
@media print {
  .map-narrow, .map-wide, .map-table { display: none; }
  .map-middle { display: block; }
  .map svg { break-inside: avoid; }
  .console-menu, .usa-skipnav, .on-screen, .unanswered { display: none; }
  .console-header { background: none; color: #000; }
  .console-header a, main a { color: #000; text-decoration: none; }
  main.grid-container { max-width: none; padding: 0; }
  .on-call { break-inside: avoid; margin: 0 0 0.5rem; font-size: 0.85rem; }
  .on-call th, .on-call td { padding: 0.1rem 0.4rem; }
}
`;

/**
 * The design system without the fonts and pictures that it would load, which are not shipped. The system's fonts take
 * their place, and the console's own styles replace the pictures.
 */
export const withoutFiles = (css: string): string =>
  css.replaceAll(/@font-face\s*\{[^}]*\}/g, '').replaceAll(/url\((?!["']?data:)[^)]*\)/g, 'none');
