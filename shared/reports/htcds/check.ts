/** Reads and checks a file of HTCDS 2.0. Each problem names its row, its field and what to do, and holds no value of a person. */
import { fieldNamed, fieldsIn, isLabels } from './dialects.ts';
import { filled, type HtcdsCase } from './export.ts';
import type { HtcdsField } from './htcds-fields.ts';

export interface Problem {
  /** As the file numbers it, 1 for the headings. */
  readonly row: number;
  readonly field: string;
  readonly sentence: string;
}

export interface HtcdsRead {
  readonly cases: readonly HtcdsCase[];
  readonly problems: readonly Problem[];
}

/** Without these a row is no case. */
const needed = ['cas_Status', 'cas_IncomingReferralDate'] as const;
/** More rows than a file of one program has in a year. */
const mostRows = 10_000;
const mostLetters = 2000;

/** `Not Specified/Unknown` and `NonSpecifiedUnknown` alike, without a leading letter of an industry. */
const plain = (text: string): string =>
  text
    .replace(/^[A-U]_/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace('notspecified', 'nonspecified');

/** The code that a text is, or is the label of. Some labels say more than their codes: "Threats of law enforcement". */
function codeOf({ codes = [], kind }: HtcdsField, text: string): string | undefined {
  const spelled = [plain(text), plain(text.replaceAll(/ of /gi, ' '))];
  return (
    codes.find((code) => code === text) ??
    codes.find((code) => spelled.includes(plain(code))) ??
    (kind === 'one' ? codes.find((code) => code.includes('_') && plain(text).startsWith(plain(code))) : undefined)
  );
}

/** The codes in a cell: the whole cell, parts between semicolons or commas, or words. Undefined where one is none. */
function codesOf(field: HtcdsField, cell: string): readonly string[] | undefined {
  for (const parts of [[cell], cell.split(/[;,]/), cell.split(/\s+/)]) {
    const codes = parts
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => codeOf(field, part));
    if (codes.length > 0 && codes.every((code) => code !== undefined)) return [...new Set(codes)];
  }
  return undefined;
}

/** Whether it is a day of the calendar, as `2026-11-09`. February 30 is none. */
export function isRealDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const listOf = ({ codes = [] }: HtcdsField): string =>
  codes.length > 12 ? `${codes.slice(0, 12).join(', ')} and others of the standard` : codes.join(', ');

type Value = { readonly value: string } | { readonly sentence: string };

/** The value of a cell as the standard has it, or what is wrong. `today`: a New York day. */
function readValue(field: HtcdsField, cell: string, today: string): Value {
  switch (field.kind) {
    case 'date':
      if (!isRealDay(cell)) return { sentence: 'Write the date as YYYY-MM-DD, such as 2026-11-09.' };
      if (cell > today && !field.name.startsWith('spl_'))
        return { sentence: 'The date lies in the future. Correct it.' };
      return cell < '1900' ? { sentence: 'The year cannot be meant. Correct it.' } : { value: cell };
    case 'one': {
      const code = codeOf(field, cell);
      return code === undefined ? { sentence: `Choose one of: ${listOf(field)}.` } : { value: code };
    }
    case 'several': {
      const codes = codesOf(field, cell);
      return codes === undefined
        ? { sentence: `Choose from these, with semicolons between: ${listOf(field)}.` }
        : { value: codes.join(';') };
    }
    case 'checkbox':
      return /^(true|false|yes|no)$/i.test(cell)
        ? { value: /^(true|yes)$/i.test(cell) ? 'TRUE' : 'FALSE' }
        : { sentence: 'Write TRUE or FALSE.' };
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(cell) ? { value: cell } : { sentence: 'Write a number in digits.' };
    case 'phone':
      return /^\+?[1-9]\d{1,14}$/.test(cell)
        ? { value: cell }
        : { sentence: 'Write the number with a plus, the country code and digits alone.' };
    case 'country':
      return cell.split(/[;, ]+/).every((each) => /^[A-Z]{2}$/.test(each))
        ? { value: cell }
        : { sentence: 'Write each country as two capital letters (ISO 3166).' };
    case 'language':
      return /^[a-z]{2,3}$/.test(cell) ? { value: cell } : { sentence: 'Write the language as a code of ISO 639.' };
    default:
      return { value: cell };
  }
}

/** A cell as it was before a formula was made harmless, or undefined where it still is a formula. */
function withoutFormula(cell: string): string | undefined {
  if (/^'[\t\r\n ]*[=+\-@\t\r]/.test(cell)) return cell.slice(1);
  return /^[\t\r\n ]*[=+\-@]/.test(cell) ? undefined : cell;
}

function cellProblem(name: string, cell: string, today: string): Value {
  const field = fieldNamed(name);
  // A telephone number or a coordinate may begin with a plus or a minus.
  const mayBegin =
    (field?.kind === 'phone' && cell.startsWith('+')) || (field?.kind === 'number' && cell.startsWith('-'));
  const text = mayBegin ? cell : withoutFormula(cell);
  if (text === undefined) return { sentence: 'It reads as a formula. Put an apostrophe in front, or remove it.' };
  if (text.length > mostLetters) return { sentence: `It has more than ${mostLetters} characters. Shorten it.` };
  if (/\p{Cc}/u.test(text.replaceAll(/[\t\r\n]/g, ''))) return { sentence: 'It has control characters. Remove them.' };
  return field ? readValue(field, text, today) : { value: text };
}

/** The problems of the headings. */
function headingProblems(headings: readonly string[], fields: readonly (string | undefined)[]): readonly Problem[] {
  // A first row without any heading may be that of a person, so no cell of it is said.
  if (fields.every((field) => field === undefined))
    return [
      { row: 1, field: 'headings', sentence: 'The first row has no field of HTCDS 2.0. Put the headings there.' },
    ];
  const unknown = headings.flatMap((heading, index) =>
    fields[index] === undefined
      ? [
          {
            row: 1,
            field: heading === '' ? `column ${index + 1}` : heading.slice(0, 60),
            sentence: 'HTCDS 2.0 has no such field. Correct the heading, or remove the column.',
          },
        ]
      : [],
  );
  const doubled = fields.flatMap((field, index) =>
    field !== undefined && fields.indexOf(field) < index
      ? [{ row: 1, field, sentence: 'Two columns are of this field. Remove one.' }]
      : [],
  );
  const missing = needed
    .filter((name) => !fields.includes(name))
    .map((field) => ({ row: 1, field, sentence: 'The column is missing. Add it.' }));
  return [...unknown, ...doubled, ...missing];
}

/** Reads the rows of a file, the headings first. `today`: a New York day, after which no date may lie. */
export function readHtcds(lines: readonly (readonly string[])[], today: string): HtcdsRead {
  const [headings, ...rest] = lines;
  if (!headings) return { cases: [], problems: [{ row: 1, field: 'file', sentence: 'The file is empty.' }] };
  const fields = fieldsIn(headings);
  const wrong = headingProblems(headings, fields);
  if (wrong.length > 0) return { cases: [], problems: wrong };
  const hasLabels = rest[0] !== undefined && isLabels(rest[0]);
  const rows = hasLabels ? rest.slice(1) : rest;
  if (rows.length > mostRows)
    return {
      cases: [],
      problems: [{ row: 1, field: 'file', sentence: `Split the file: it has more than ${mostRows} rows.` }],
    };
  const problems: Problem[] = [];
  const cases = rows.map((cells, index): HtcdsCase => {
    const row = index + (hasLabels ? 3 : 2);
    if (cells.length > fields.length)
      problems.push({ row, field: 'row', sentence: 'It has more cells than there are headings. Check its quotes.' });
    const values = fields.flatMap((name, column) => {
      const cell = cells[column]?.trim() ?? '';
      if (name === undefined || cell === '') return [];
      const read = cellProblem(name, cell, today);
      if ('value' in read) return [[name, read.value] as const];
      problems.push({ row, field: name, sentence: read.sentence });
      return [];
    });
    for (const name of needed) {
      const isThere = fields.some((field, column) => field === name && (cells[column]?.trim() ?? '') !== '');
      if (!isThere) problems.push({ row, field: name, sentence: 'It is empty. Fill it in.' });
    }
    return filled(Object.fromEntries(values));
  });
  return { cases, problems };
}

export const problemText = ({ row, field, sentence }: Problem): string => `Row ${row}, ${field}: ${sentence}`;
