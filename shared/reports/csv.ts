/** Tables as text for spreadsheets (RFC 4180). No cell can be read as a formula. */

export type Cell = string | number | undefined;

/** A text that a spreadsheet would read as a formula begins so. A tab or a line end may stand before it. */
const formula = /^[\t\r\n ]*[=+\-@]/;

/** Numbers stand as they are. A text that looks like a formula gets an apostrophe in front, and reads as text. */
function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = formula.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows of a table as CSV, each with `\r\n`. The first row holds the headings. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
