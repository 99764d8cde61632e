/**
 * A file of shifts, as a supervisor exports it from a spreadsheet. It is accepted whole, or each wrong field of a line
 * gets a sentence.
 */

import { typedInstant } from '../core/local-time.ts';
import { readCsv } from '../core/read-csv.ts';
import type { Role } from '../core/vocabulary.ts';
import { formatInstant } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import { isTelephone, isTypedNumber } from './directory-entry.ts';
import {
  furthestDaysAhead,
  holdsRole,
  lastInOrder,
  longestShiftDays,
  type ShiftPerson,
  shiftRoles,
} from './on-call-shifts.ts';
import { placeOf } from './scopes.ts';
import type { NewShift } from './shift.ts';

/** The columns, in the order of the sample file. The header names them, in any order. */
export const shiftColumns = ['role', 'office', 'person', 'from', 'to', 'phone', 'order'] as const;
export type ShiftColumn = (typeof shiftColumns)[number];
const optional: readonly ShiftColumn[] = ['phone', 'order'];

/** More than two months of every office. A commit holds them all, and an item of the ledger has its limit. */
export const mostShiftLines = 1000;

/**
 * `line` counts from 1, the header. Without `field`, it is about the whole line or file. The sentence repeats nothing
 * that was typed.
 */
export interface LineProblem {
  readonly line: number;
  readonly field?: ShiftColumn;
  readonly sentence: string;
}

/** One line, each column as it was typed; an empty one is ''. */
export interface ShiftLine extends Readonly<Record<ShiftColumn, string>> {
  readonly line: number;
}

/** The lines of a file, or why it cannot be read. */
export function readShiftFile(
  text: string,
): { readonly lines: readonly ShiftLine[] } | { readonly problems: readonly LineProblem[] } {
  const wrong = (sentence: string, line = 1) => ({ problems: [{ line, sentence }] });
  const rows = readCsv(text);
  if (!rows) return wrong('A quotation mark is opened and never closed. Save the file as CSV again.');
  const [header, ...rest] = rows;
  if (!header || rest.length === 0) {
    return wrong(`The file has no shifts. Its first line names the columns: ${shiftColumns.join(',')}.`);
  }
  const names = header.cells.map((each) => each.toLowerCase());
  const unknown = names.filter((each) => !shiftColumns.some((column) => column === each));
  const missing = shiftColumns.filter((column) => !optional.includes(column) && !names.includes(column));
  if (missing.length > 0)
    return wrong(
      `The first line lacks the ${missing.length === 1 ? 'column' : 'columns'} ${missing.map((name) => `“${name}”`).join(', ')}.`,
    );
  if (unknown.length > 0 || new Set(names).size < names.length) {
    return wrong(`The first line has a column that is unknown or there twice. Use ${shiftColumns.join(', ')}.`);
  }
  if (rest.length > mostShiftLines) {
    return wrong(`The file has more than ${mostShiftLines} shifts. Import it in parts.`);
  }
  const problems = rest
    .filter(({ cells }) => cells.length > names.length)
    .map(({ line }) => ({ line, sentence: 'This line has more cells than there are columns.' }));
  if (problems.length > 0) return { problems };
  return {
    lines: rest.map(({ line, cells }): ShiftLine => {
      const cell = (column: ShiftColumn) => cells[names.indexOf(column)] ?? '';
      return {
        line,
        role: cell('role'),
        office: cell('office'),
        person: cell('person'),
        from: cell('from'),
        to: cell('to'),
        phone: cell('phone'),
        order: cell('order'),
      };
    }),
  };
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** A role typed as the code `area-oncall`, or as people write it: `Area on call`. */
const roleOf = (typed: string): Role | undefined => {
  const written = plain(typed).replace('on call', 'oncall');
  return shiftRoles.find((role) => plain(role) === written);
};

function scopeOfLine(
  { office }: ShiftLine,
  role: Role,
  offices: Policy['geography']['offices'],
): { readonly scope: string } | { readonly sentence: string } {
  const place = plain(office);
  if (placeOf(role) === 'state') {
    return place === 'state'
      ? { scope: 'state' }
      : { sentence: 'This role is on call for the whole state: write state.' };
  }
  const found = offices.find(({ id }) => plain(id) === place);
  return found
    ? { scope: `office-${found.id}` }
    : { sentence: `No office has this name. Use one of ${offices.map(({ id }) => id).join(', ')}.` };
}

const day = 86_400_000;

interface FileContext {
  readonly offices: Policy['geography']['offices'];
  /** The person of an id or an e-mail address, as it was typed. */
  readonly personOf: (typed: string) => ShiftPerson | undefined;
  /** Whether the importing person keeps the shifts of this scope. */
  readonly keeps: (scope: string) => boolean;
  /** A UTC instant. */
  readonly now: string;
}

/** The shift of a line, or every problem of it. */
function shiftOfLine(
  line: ShiftLine,
  { offices, personOf, keeps, now }: FileContext,
): NewShift | readonly LineProblem[] {
  const problems: LineProblem[] = [];
  const say = (field: ShiftColumn, sentence: string) => void problems.push({ line: line.line, field, sentence });

  const role = roleOf(line.role);
  if (!role) say('role', `No role has this name. Use one of ${shiftRoles.join(', ')}.`);
  const place = role && scopeOfLine(line, role, offices);
  if (place && 'sentence' in place) say('office', place.sentence);
  const scope = place && 'scope' in place ? place.scope : undefined;
  if (scope !== undefined && !keeps(scope)) say('office', 'You do not keep the shifts of this office.');

  const person = personOf(line.person);
  if (!person) say('person', 'The directory has no person of this id or e-mail address.');
  else if (role && scope !== undefined && keeps(scope) && !holdsRole(person, { role, scope })) {
    say('person', 'The directory does not give this person the role there. An administrator adds it first.');
  }

  const [from, to] = (['from', 'to'] as const).map((field) => {
    const read = typedInstant(line[field]);
    if ('sentence' in read) say(field, read.sentence);
    return 'instant' in read ? read.instant : undefined;
  });
  if (from !== undefined && to !== undefined) {
    const [start, end] = [Date.parse(from), Date.parse(to)];
    if (end <= start) say('to', 'The shift ends before it begins.');
    else if (end <= Date.parse(now)) say('to', 'This shift is over. Check the year, or take the line out.');
    else if (end - start > longestShiftDays * day) say('to', `A shift lasts at most ${longestShiftDays} days.`);
    else if (start - Date.parse(now) > furthestDaysAhead * day) say('from', 'A shift begins within a year.');
  }

  if (line.phone !== '' && !isTypedNumber(line.phone))
    say('phone', 'This is no telephone number. Write it as 203-555-0100.');
  if (line.phone === '' && person && !isTelephone(person.phone)) {
    say('phone', 'The directory has no telephone number for this person. Give the number to call.');
  }
  const order = line.order === '' ? 1 : Number(line.order);
  if (!(Number.isInteger(order) && 1 <= order && order <= lastInOrder)) {
    say('order', `Give 1 for the first on call, 2 for the backup, up to ${lastInOrder}.`);
  }

  if (problems.length > 0 || !role || scope === undefined || !person || from === undefined || to === undefined) {
    return problems;
  }
  return { role, scope, personId: person.id, from, to, ...(line.phone !== '' && { phone: line.phone }), order };
}

/** The shifts of a file, or a sentence for each wrong field, never both. Two lines of one order must not overlap. */
export function shiftsOfFile(
  lines: readonly ShiftLine[],
  context: FileContext,
): { readonly shifts: readonly NewShift[] } | { readonly problems: readonly LineProblem[] } {
  const problems: LineProblem[] = [];
  const found: { readonly line: number; readonly shift: NewShift }[] = [];
  for (const line of lines) {
    const read = shiftOfLine(line, context);
    if ('role' in read) found.push({ line: line.line, shift: read });
    else problems.push(...read);
  }
  const alike = Map.groupBy(found, ({ shift: { role, scope, order } }) => `${role} ${scope} ${order}`);
  for (const group of alike.values()) {
    const inTime = group.toSorted((one, other) => Date.parse(one.shift.from) - Date.parse(other.shift.from));
    let longest = inTime[0];
    for (const each of inTime.slice(1)) {
      if (longest && Date.parse(each.shift.from) < Date.parse(longest.shift.to)) {
        const [earlier, later] = [longest.line, each.line].toSorted((one, other) => one - other) as [number, number];
        const from = formatInstant(each.shift.from);
        const sentence = `From ${from} line ${earlier} has the same role, office and order. Change one of the two.`;
        problems.push({ line: later, field: 'from', sentence });
      }
      if (!longest || Date.parse(each.shift.to) > Date.parse(longest.shift.to)) longest = each;
    }
  }
  return problems.length > 0
    ? { problems: problems.toSorted((one, other) => one.line - other.line) }
    : { shifts: found.map(({ shift }) => shift) };
}
