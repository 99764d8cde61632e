/** Keeps and reads the on-call shifts: each act is one commit of their chain, and the directory follows the stream. */
import * as z from 'zod';
import { idInput } from '../../domain/core/fields.ts';
import { idPattern } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { staff } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { type OnCallEntry, onCallNow, standingWords } from '../../domain/directory/on-call.ts';
import { faultsAhead, faultTimes, placesCovered, type ShiftFault } from '../../domain/directory/shift-alarms.ts';
import { isNumber, type LineProblem, readShiftFile, shiftsOfFile } from '../../domain/directory/shift-file.ts';
import {
  handOverShift,
  importShifts,
  isAhead,
  isRunning,
  removeShift,
  type Schedule,
  type Shift,
  type ShiftEvent,
  type ShiftPerson,
  swapShifts,
} from '../../domain/directory/shifts.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Directory, DirectoryPerson } from '../../store/directory.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import { controlCharacters } from '../input/control-characters.ts';
import { type Problem, problemsIn } from '../input/problems.ts';
import type { Reused } from '../input/submission.ts';

export interface ShiftParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'changeShifts'>;
  readonly directory: Pick<Directory, 'person' | 'people' | 'personByEmail' | 'onDuty'>;
  readonly policy: Policy;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/** Every shift of the state and its offices is theirs to keep. */
const keepersOfAll: readonly Role[] = ['careline-supervisor', 'careline-manager', 'administrator'];
/** The shifts of their own office. */
const keepersOfOffice: readonly Role[] = ['area-supervisor', 'area-director'];
export const shiftKeepers: readonly Role[] = [...keepersOfAll, ...keepersOfOffice];
/** Every member of staff reads who is on call, and so do those who audit. */
export const shiftReaders: readonly Role[] = [...staff, ...auditors];

/** Whether this person keeps the shifts of this scope. */
export const keepsShiftsOf = (visitor: Visitor, scope: string): boolean =>
  isOneOf(visitor, keepersOfAll) ||
  (scope !== 'state' &&
    visitor.scopes.some((held) => keepersOfOffice.includes(held.role) && [scope, 'state'].includes(held.scope)));

export const importInput = z.strictObject({
  /** The text of the file. */
  csv: z
    .string('Give the text of the file.')
    .min(1, 'Choose a file, or paste its lines.')
    .max(200_000, 'The file is too large. Import it in parts.'),
});
export const onCallFilters = z.strictObject({
  hours: z.coerce.number('Give a number of hours.').int().min(1).max(336).default(24),
});
export const swapInput = z.strictObject({ shiftId: idInput(), withId: idInput() });
export const handOverInput = z.strictObject({
  shiftId: idInput(),
  /** The id or the e-mail address of who takes it. */
  person: z.string().trim().min(1, 'Name who takes the shift.').max(200),
  phone: z
    .string()
    .trim()
    .max(30)
    .refine((phone) => phone === '' || isNumber(phone), 'This is no telephone number. Write it as 203-555-0100.')
    .optional(),
});
export const removeInput = z.strictObject({ shiftId: idInput() });

export type ShiftAnswer =
  | { readonly kind: 'done'; readonly schedule: Schedule }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | Reused;

const notYours: ShiftAnswer = {
  kind: 'forbidden',
  sentence: `On-call shifts are kept by ${keepersOfAll.join(', ')}, and those of an office by its ${keepersOfOffice.join(' and ')}.`,
};

/** `line 3, from`: a path that a person finds in the file, and a program as well. */
export const linePath = ({ line, field }: LineProblem): string =>
  field === undefined ? `lines[${line}]` : `lines[${line}].${field}`;

const found = async (directory: ShiftParts['directory'], typed: string): Promise<DirectoryPerson | undefined> => {
  const id = typed.toUpperCase();
  const known = idPattern.test(id) ? await directory.person(id) : undefined;
  return known ?? (typed.includes('@') ? directory.personByEmail(typed.toLowerCase()) : undefined);
};

/** One act on the schedule: what was sent is done once under its key. */
async function changeShifts(
  parts: ShiftParts,
  visitor: Visitor,
  {
    name,
    sent,
    submission,
  }: { readonly name: string; readonly sent: unknown; readonly submission?: Submission | undefined },
  decide: (schedule: Schedule, number: number) => readonly ShiftEvent[] | Refusal,
): Promise<ShiftAnswer> {
  const plain = personFrame(parts, visitor, name, 'SHIFTS', shiftKeepers);
  const frame = submission ? keyedFrame(plain, 'SHIFTS', sent, submission) : plain;
  const after = await parts.ledger.changeShifts(frame, decide);
  if (!isRefusal(after)) return { kind: 'done', schedule: after };
  return after.refused === 'id-reused' ? { kind: 'reused' } : { kind: 'refused', refusal: after };
}

/** Takes a file of shifts whole, or not at all: then each wrong line has a sentence by field. */
export async function importShiftFile(
  parts: ShiftParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<ShiftAnswer> {
  if (!isOneOf(visitor, shiftKeepers)) return notYours;
  const control = controlCharacters(input);
  if (control.length > 0) return { kind: 'invalid', problems: control };
  const parsed = importInput.safeParse(input);
  if (!parsed.success) return { kind: 'invalid', problems: problemsIn(parsed.error) };
  const read = readShiftFile(parsed.data.csv);
  const wrong = (problems: readonly LineProblem[]): ShiftAnswer => ({
    kind: 'invalid',
    problems: problems.map((each) => ({ path: linePath(each), sentence: each.sentence })),
  });
  if ('problems' in read) return wrong(read.problems);
  const named = [...new Set(read.lines.map(({ person }) => person))];
  const people = new Map(
    await Promise.all(named.map(async (typed) => [typed, await found(parts.directory, typed)] as const)),
  );
  const { offices } = parts.policy.geography;
  const rows = shiftsOfFile(read.lines, {
    offices,
    personOf: (typed) => people.get(typed),
    keeps: (scope) => keepsShiftsOf(visitor, scope),
    now: parts.now,
  });
  if ('problems' in rows) return wrong(rows.problems);
  const act = { name: 'import-shifts', sent: parsed.data, submission };
  return changeShifts(parts, visitor, act, (schedule, number) =>
    importShifts(schedule, rows.shifts, { now: parts.now, number }),
  );
}

/** The shift of this id, where the visitor keeps those of its scope; else the answer why not. */
async function keptShift(
  { ledger }: ShiftParts,
  visitor: Visitor,
  ids: readonly string[],
): Promise<readonly Shift[] | undefined> {
  const { schedule } = await ledger.shifts();
  const shifts = ids.flatMap((id) => schedule.shifts.find((each) => each.id === id) ?? []);
  return shifts.every(({ scope }) => keepsShiftsOf(visitor, scope)) ? shifts : undefined;
}

/** Two people exchange their shifts, in one act. */
export async function swapTwoShifts(
  parts: ShiftParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<ShiftAnswer> {
  if (!isOneOf(visitor, shiftKeepers)) return notYours;
  const parsed = swapInput.safeParse(input);
  if (!parsed.success) return { kind: 'invalid', problems: problemsIn(parsed.error) };
  const { shiftId: one, withId: other } = parsed.data;
  const shifts = await keptShift(parts, visitor, [one, other]);
  if (!shifts) return notYours;
  const people: readonly ShiftPerson[] = await parts.directory.people(shifts.map(({ personId }) => personId));
  const act = { name: 'swap-shifts', sent: parsed.data, submission };
  return changeShifts(parts, visitor, act, (schedule) =>
    swapShifts(schedule, [one, other], { now: parts.now, people }),
  );
}

/** Another person takes a shift, under their own number. */
export async function handShiftOver(
  parts: ShiftParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<ShiftAnswer> {
  if (!isOneOf(visitor, shiftKeepers)) return notYours;
  const parsed = handOverInput.safeParse(input);
  if (!parsed.success) return { kind: 'invalid', problems: problemsIn(parsed.error) };
  const { shiftId: id, person: typed, phone } = parsed.data;
  if (!(await keptShift(parts, visitor, [id]))) return notYours;
  const person = await found(parts.directory, typed);
  const act = { name: 'hand-over-shift', sent: parsed.data, submission };
  return changeShifts(parts, visitor, act, (schedule) =>
    handOverShift(schedule, { id, phone: phone || undefined }, { now: parts.now, person }),
  );
}

/** Takes a shift out, such as one of two that overlap. */
export async function takeShiftOut(
  parts: ShiftParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<ShiftAnswer> {
  if (!isOneOf(visitor, shiftKeepers)) return notYours;
  const parsed = removeInput.safeParse(input);
  if (!parsed.success) return { kind: 'invalid', problems: problemsIn(parsed.error) };
  if (!(await keptShift(parts, visitor, [parsed.data.shiftId]))) return notYours;
  const act = { name: 'remove-shift', sent: parsed.data, submission };
  return changeShifts(parts, visitor, act, (schedule) => removeShift(schedule, parsed.data.shiftId, parts.now));
}

/** A shift with the person on it and the number to call. */
export interface ShownShift extends Omit<Shift, 'removed'> {
  readonly name: string;
  readonly phone: string;
  readonly onDuty: boolean;
}

/** Who is called for a role of a place now, and why them. */
export interface CalledNow extends OnCallEntry {
  readonly name: string;
  readonly phone: string;
  readonly says: string;
}

export interface PlaceOnCall {
  readonly scope: string;
  readonly role: Role;
  readonly now: readonly CalledNow[];
  /** Those that run or begin within the hours shown, in time. */
  readonly shifts: readonly ShownShift[];
}

export interface OnCallView {
  readonly places: readonly PlaceOnCall[];
  /** What is wrong with the shifts until the first warning's time ahead, each in a sentence. */
  readonly faults: readonly { readonly role: Role; readonly scope: string; readonly says: string }[];
}

const faultSentences: Readonly<Record<ShiftFault['fault'], string>> = {
  empty: 'No one is on shift',
  overlap: 'Two people are on shift in the same order',
  'none-entered': 'No shift was ever entered. The order in the directory is used',
};

/** One sentence for a fault of the shifts, with its times in New York. */
export const faultWords = (fault: ShiftFault): string =>
  `${faultSentences[fault.fault]}${fault.fault === 'none-entered' ? '' : ` ${faultTimes(fault)}`}.`;

/** What is wrong with these shifts until the first warning's time ahead, each in a sentence. */
export const shiftFaults = (shifts: readonly Shift[], policy: Policy, now: string) =>
  faultsAhead(shifts, policy, now).map((fault) => ({ role: fault.role, scope: fault.scope, says: faultWords(fault) }));

/**
 * Who is on call, for each role and office that must be covered and each that has a shift: now, and in the `hours` ahead. Undefined for
 * whoever may not know. Read from the chain itself, so that what was entered a moment ago is there.
 */
export async function onCallFor(
  { ledger, directory, policy, now }: ShiftParts,
  visitor: Visitor,
  hours: number,
): Promise<OnCallView | undefined> {
  if (!isOneOf(visitor, shiftReaders)) return undefined;
  const { schedule } = await ledger.shifts();
  const latest = Date.parse(now) + hours * 3_600_000;
  const ahead = schedule.shifts.filter((each) => isAhead(each, now) && Date.parse(each.from) < latest);
  const covered = placesCovered(policy);
  const others = ahead.filter(
    ({ role, scope }, index) =>
      ![...covered, ...ahead.slice(0, index)].some((each) => each.role === role && each.scope === scope),
  );
  const places = [...covered, ...others.map(({ role, scope }) => ({ role, scope }))];
  const orders = await Promise.all(
    places.map(async (place) => onCallNow(ahead, place, await directory.onDuty(place.role, place.scope), now)),
  );
  const ids = [...orders.flat(), ...ahead].map(({ personId }) => personId);
  const people = new Map((await directory.people(ids)).map((person) => [person.id, person]));
  const shown = <Given extends { readonly personId: string; readonly phone?: string }>(given: Given) => {
    const person = people.get(given.personId);
    return { ...given, name: person?.name ?? given.personId, phone: given.phone ?? person?.phone ?? '' };
  };
  return {
    places: places.map(({ role, scope }, index) => ({
      role,
      scope,
      now: (orders[index] ?? []).map((entry) => ({ ...shown(entry), says: standingWords(entry, now) })),
      shifts: ahead
        .filter((each) => each.role === role && each.scope === scope)
        .toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from) || one.order - other.order)
        .map((each) => ({ ...shown(each), onDuty: isRunning(each, now) })),
    })),
    faults: shiftFaults(schedule.shifts, policy, now),
  };
}

/** Who entered, swapped, handed over and took out shifts, the latest first; undefined for whoever neither keeps nor audits them. */
export async function shiftHistory({ ledger }: Pick<ShiftParts, 'ledger'>, visitor: Visitor) {
  if (!isOneOf(visitor, [...shiftKeepers, ...auditors])) return undefined;
  const { commits } = await ledger.shifts();
  return commits
    .filter(({ actor }) => actor.kind === 'person')
    .map(({ seq, at, actor, onBehalfOf, events }) => ({
      number: seq,
      at,
      by: actor.id,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      events,
    }))
    .toReversed();
}
