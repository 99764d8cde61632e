/**
 * Tables as spreadsheets save them: comma-separated, with quotes around cells that hold commas, quotes or line breaks
 * (RFC 4180).
 */

/** One row. `line`: where it begins in the text, 1 the first. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a text, each cell without blanks around it. Empty rows are left out. A byte order mark and any kind of
 * line end are accepted. Undefined where a quote is opened and never closed.
 */
export function readCsv(text: string): readonly CsvRow[] | undefined {
  const rows: CsvRow[] = [];
  let [line, begun, cell] = [1, 1, ''];
  let cells: string[] = [];
  const endCell = () => {
    cells.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (cells.some((each) => each !== '')) rows.push({ line: begun, cells });
    [cells, begun] = [[], line];
  };
  const parts = /"(?<quoted>(?:[^"]|"")*)(?<closed>"?)|(?<end>\r\n|\r|\n)|,|[^",\r\n]+/g;
  for (const { 0: part, groups: { quoted, closed, end } = {} } of text.replace(/^\uFEFF/, '').matchAll(parts)) {
    if (quoted !== undefined) {
      if (closed === '') return undefined;
      cell += quoted.replaceAll('""', '"');
      line += quoted.match(/\r\n|\r|\n/g)?.length ?? 0;
    } else if (end !== undefined) {
      line += 1;
      endRow();
    } else if (part === ',') endCell();
    else cell += part;
  }
  endRow();
  return rows;
}
