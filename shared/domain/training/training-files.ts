/**
 * Files of attendance and of headcounts, as a trainer exports them from a spreadsheet. A file is accepted whole, or each wrong
 * field of a line gets a sentence. No sentence repeats what was typed.
 */

import { towns } from '../../policy/places/towns.ts';
import { courses, firstTrainingDay, type TrainingRule, trainingRules } from '../../policy/training-rules.ts';
import { type CsvRow, readCsv } from '../core/read-csv.ts';
import { formatDate } from '../policy/due.ts';
import { agencyCode } from './agency-name.ts';
import type { Headcount } from './training.ts';
import type { CourseCode, GroupCode } from './training-codes.ts';

/** The columns, in the order of the sample file. The header names them, in any order. */
export const attendanceColumns = ['course', 'date', 'agency', 'town', 'role group', 'number'] as const;
export const headcountColumns = ['agency', 'town', 'role group', 'headcount', 'as of'] as const;
export type Column = (typeof attendanceColumns | typeof headcountColumns)[number];

/** A commit holds all lines of a file, and an item of the ledger has its limit. */
export const mostLines = 2000;
const mostPeople = 100_000;

/** `line` counts from 1, the header. Without `field`, it is about the whole line or file. */
export interface FileProblem {
  readonly line: number;
  readonly field?: Column;
  readonly sentence: string;
}
type Wrong = { readonly problems: readonly FileProblem[] };
type Cells = { readonly line: number; readonly cell: (column: Column) => string };

/** A spreadsheet reads such a cell as a formula. */
const isFormula = (cell: string): boolean => /^[=+\-@]/.test(cell);

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** Such as `the column “role group”`. */
const columnsWords = (names: readonly string[]): string =>
  `the ${names.length === 1 ? 'column' : 'columns'} ${names.map((name) => `“${name}”`).join(', ')}`;

/** The lines of a table. `problems`: what is wrong with its header, and with cells that must not be read. */
interface TableRead {
  readonly rows: readonly Cells[];
  readonly problems: readonly FileProblem[];
  /** The columns that the header has. A field of another one has no problem of its own. */
  readonly there: ReadonlySet<Column>;
}

function readTable(text: string, columns: readonly Column[], optional: readonly Column[] = []): TableRead | Wrong {
  const first = (sentence: string): FileProblem => ({ line: 1, sentence });
  const wrong = (sentence: string): Wrong => ({ problems: [first(sentence)] });
  const use = `Use ${columns.join(', ')}.`;
  const table = readCsv(text);
  if (!table) return wrong('A quotation mark is opened and never closed. Save the file as CSV again.');
  const [header, ...rest] = table;
  if (!header || rest.length === 0)
    return wrong(`The file has no lines below its first, which names the columns. ${use}`);
  if (rest.length > mostLines) return wrong(`The file has more than ${mostLines} lines. Import it in parts.`);
  const names = header.cells.map(plain);
  const known = names.map((name) => columns.find((column) => column === name));
  const missing = columns.filter((column) => !optional.includes(column) && !names.includes(column));
  const isUnknown = known.includes(undefined) || new Set(names).size < names.length;
  return {
    rows: rest.map(({ line, cells }) => ({ line, cell: (column) => cells[names.indexOf(column)] ?? '' })),
    problems: [
      ...(missing.length > 0 ? [first(`The first line lacks ${columnsWords(missing)}.`)] : []),
      ...(isUnknown ? [first(`The first line has a column that is unknown or there twice. Take it out. ${use}`)] : []),
      ...rest.flatMap((row) => hostileCells(row, known)),
    ],
    there: new Set(known.filter((column) => column !== undefined)),
  };
}

/** Cells that must not be read at all: a formula, an address of a person, or more cells than columns. */
function hostileCells({ line, cells }: CsvRow, names: readonly (Column | undefined)[]): readonly FileProblem[] {
  if (cells.length > names.length) return [{ line, sentence: 'This line has more cells than there are columns.' }];
  return cells.flatMap((cell, index): readonly FileProblem[] => {
    const field = names[index];
    if (!field) return [];
    if (isFormula(cell)) {
      return [{ line, field, sentence: 'A cell must not begin with =, +, - or @. Take the sign out.' }];
    }
    if (cell.includes('@')) return [{ line, field, sentence: 'Take the e-mail address out. A file names no one.' }];
    return [];
  });
}

const [iso, american] = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
];

/** `2026-05-01` or `5/1/2026` as a day that exists. */
function typedDay(typed: string): string | undefined {
  const { year = '', month = '', day = '' } = (iso?.exec(typed) ?? american?.exec(typed))?.groups ?? {};
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}

const noDay = 'Give a day, such as 2026-05-01 or 5/1/2026.';

/** Reads one field, or notes its sentence. */
type Say = (field: Column, sentence: string) => undefined;

function dayOf({ cell }: Cells, field: 'date' | 'as of', say: Say, today: string): string | undefined {
  const day = typedDay(cell(field));
  if (day === undefined) return say(field, noDay);
  if (day > today) return say(field, 'This day is still to come. Check the year.');
  if (day < firstTrainingDay) return say(field, `This day is before ${formatDate(firstTrainingDay)}. Check the year.`);
  return day;
}

const townCode = (name: string) => name.toUpperCase().replaceAll(' ', '-');

function placeOf(cells: Cells, say: Say) {
  const agency = agencyCode(cells.cell('agency'));
  if ('sentence' in agency) say('agency', agency.sentence);
  const town = towns.find(({ name }) => plain(name) === plain(cells.cell('town')));
  if (!town) say('town', 'Give a town of Connecticut, such as New Haven.');
  const typed = plain(cells.cell('role group'));
  const rule = trainingRules.find(({ group, name }) => [plain(group), plain(name)].includes(typed));
  if (!rule) say('role group', `Choose one of: ${trainingRules.map(({ group }) => group).join(', ')}.`);
  return 'code' in agency && town && rule && { agency: agency.code, town: townCode(town.name), rule };
}

/** A Social Security number must not be used: the code of a person may outlive its use. */
const isSocialSecurity = (number: string) => /^\d{3}[- ]\d{2}[- ]\d{4}$/.test(number);

/** Up to this many letters, as in `POST-1`, one digit is enough. More letters need as many digits. */
const lettersBesideOneDigit = 4;

/**
 * The number of a person as it counts: capital letters and digits. Zeros before a number are left out, because
 * spreadsheets drop them.
 */
function numberIn({ cell }: Cells, say: Say): string | undefined {
  const typed = cell('number');
  const number = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s./-]/g, '')
    .replace(/^0+(?=\d+$)/, '');
  if (typed === '') return say('number', 'Give the certification or staff number.');
  if (isSocialSecurity(typed)) return say('number', 'This looks like a Social Security number. Use the staff number.');
  if (!/^[A-Z]{0,6}\d[A-Z0-9]{0,17}$/.test(number)) {
    return say('number', 'Give a certification or staff number of at most 20 letters and digits. No name.');
  }
  const digits = number.replaceAll(/\D/g, '').length;
  if (number.length - digits > lettersBesideOneDigit && digits < number.length - digits)
    return say('number', 'This looks like a name. A number has at least as many digits as letters.');
  return number;
}

/** A line of attendance. `number` is to be made a code at once, and to be stored nowhere. */
export interface AttendanceLine {
  readonly line: number;
  readonly agency: string;
  readonly town: string;
  readonly rule: TrainingRule;
  readonly number: string;
}
export interface AttendedLine extends AttendanceLine {
  readonly course: CourseCode;
  readonly date: string;
}

/** All lines, or every problem of the file at once, line by line. A field has one problem: what is hostile is read no further. */
function allOf<Line>(
  table: TableRead | Wrong,
  read: (cells: Cells, say: Say) => Line | undefined,
): { readonly lines: readonly Line[] } | Wrong {
  if (!('rows' in table)) return table;
  const key = ({ line, field }: Pick<FileProblem, 'line' | 'field'>) => `${line} ${field}`;
  const hostile = new Set(table.problems.map(key));
  const problems = [...table.problems];
  const lines = table.rows.flatMap((cells) => {
    const { line } = cells;
    const say: Say = (field, sentence) => {
      if (table.there.has(field) && !hostile.has(key({ line, field }))) problems.push({ line, field, sentence });
      return undefined;
    };
    return read(cells, say) ?? [];
  });
  return problems.length > 0 ? { problems: problems.toSorted((one, other) => one.line - other.line) } : { lines };
}

const courseOf = ({ cell }: Cells, say: Say) => {
  const typed = plain(cell('course'));
  const course = courses.find(({ code, name }) => [plain(code), plain(name)].includes(typed));
  return course?.code ?? say('course', `Choose one of: ${courses.map(({ code }) => code).join(', ')}.`);
};

/** The lines of a file of attendance. `today` is a New York day. */
export const readAttendance = (text: string, today: string): { readonly lines: readonly AttendedLine[] } | Wrong =>
  allOf(readTable(text, attendanceColumns), (cells, say): AttendedLine | undefined => {
    const course = courseOf(cells, say);
    const date = dayOf(cells, 'date', say, today);
    const place = placeOf(cells, say);
    const number = numberIn(cells, say);
    return course && date && place && number ? { line: cells.line, course, date, ...place, number } : undefined;
  });

/** The lines of a staff list. It is the same file, but course and date may be left out. */
export const readStaffList = (text: string): { readonly lines: readonly AttendanceLine[] } | Wrong =>
  allOf(readTable(text, attendanceColumns, ['course', 'date']), (cells, say): AttendanceLine | undefined => {
    const place = placeOf(cells, say);
    const number = numberIn(cells, say);
    return place && number ? { line: cells.line, ...place, number } : undefined;
  });

/** What makes a person's code: who gave the number, and the number. */
export const learnerParts = ({ rule, agency, town, number }: AttendanceLine): readonly string[] => [
  rule.numbersOf === 'agency' ? `${rule.group} ${town} ${agency}` : rule.numbersOf,
  number,
];

function countOf({ cell }: Cells, say: Say): number | undefined {
  const typed = cell('headcount');
  const count = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  return count >= 1 && count <= mostPeople ? count : say('headcount', 'Give how many people work there, such as 45.');
}

/** The headcounts of a file. Two lines of one agency, town and group are refused. `today` is a New York day. */
export function readHeadcounts(text: string, today: string): { readonly lines: readonly Headcount[] } | Wrong {
  const seen = new Map<string, number>();
  return allOf(readTable(text, headcountColumns), (cells, say): Headcount | undefined => {
    const place = placeOf(cells, say);
    const count = countOf(cells, say);
    const asOf = dayOf(cells, 'as of', say, today);
    if (!place || count === undefined || asOf === undefined) return undefined;
    const { agency, town, rule } = place;
    const group: GroupCode = rule.group;
    const key = `${agency} ${town} ${group}`;
    const before = seen.get(key);
    if (before !== undefined) return say('agency', `Line ${before} has the same agency, town and group. Keep one.`);
    seen.set(key, cells.line);
    return { agency, town, group, count, asOf };
  });
}
