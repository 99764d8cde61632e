/** Keeps the on-call shifts. Each act is one commit in their chain, and the directory follows by the stream. */
import * as z from 'zod';
import { idInput } from '../../domain/core/fields.ts';
import { idPattern } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { isTypedNumber } from '../../domain/directory/directory-entry.ts';
import {
  allShifts,
  handOverShift,
  importShifts,
  removeShift,
  type Schedule,
  type ShiftEvent,
  type ShiftPerson,
  swapShifts,
} from '../../domain/directory/on-call-shifts.ts';
import type { Shift } from '../../domain/directory/shift.ts';
import { type LineProblem, readShiftFile, shiftsOfFile } from '../../domain/directory/shift-file.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { isOneOf, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';

export interface ShiftParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'changeShifts'>;
  readonly directory: Pick<Directory, 'person' | 'people' | 'personByEmail' | 'onDuty'>;
  readonly policy: Policy;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/** Roles that keep the shifts of the state and of every office. */
export const keepersOfAll: readonly Role[] = ['careline-supervisor', 'careline-manager', 'administrator'];
/** Roles that keep the shifts of their own office. */
export const keepersOfOffice: readonly Role[] = ['area-supervisor', 'area-director'];
export const shiftKeepers: readonly Role[] = [...keepersOfAll, ...keepersOfOffice];

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
export const swapInput = z.strictObject({ shiftId: idInput(), withId: idInput() });
export const handOverInput = z.strictObject({
  shiftId: idInput(),
  /** The id or e-mail address of the person who takes the shift. */
  person: z.string().trim().min(1, 'Name who takes the shift.').max(200),
  phone: z
    .string()
    .trim()
    .max(30)
    .refine((phone) => phone === '' || isTypedNumber(phone), 'This is no telephone number. Write it as 203-555-0100.')
    .optional(),
});
export const removeInput = z.strictObject({ shiftId: idInput() });

export type ShiftAnswer<Code extends string = string> =
  /** `imported`: how many shifts a file had. */
  | { readonly kind: 'done'; readonly schedule: Schedule; readonly imported?: number }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<Code> }
  | Reused;

const notYours: ShiftAnswer<never> = { kind: 'forbidden' };

/** `line 3, from`: a path that people and programs find in the file. */
const linePath = ({ line, field }: LineProblem): string =>
  field === undefined ? `lines[${line}]` : `lines[${line}].${field}`;

const found = async (directory: ShiftParts['directory'], typed: string): Promise<DirectoryPerson | undefined> => {
  const id = typed.toUpperCase();
  const known = idPattern.test(id) ? await directory.person(id) : undefined;
  return known ?? (typed.includes('@') ? directory.personByEmail(typed.toLowerCase()) : undefined);
};

/** One act on the schedule. A repeated submission with its key changes nothing. */
async function changeShifts<Code extends string = never>(
  parts: ShiftParts,
  visitor: Visitor,
  {
    name,
    sent,
    submission,
  }: { readonly name: string; readonly sent: unknown; readonly submission?: Submission | undefined },
  decide: Decide<Code>,
): Promise<ShiftAnswer<Exclude<Code, 'id-reused'> | 'record-in-doubt'>> {
  const plain = personFrame(parts, visitor, name, 'SHIFTS', shiftKeepers);
  const frame = submission ? keyedFrame(plain, 'SHIFTS', sent, submission) : plain;
  const after = await parts.ledger.changeShifts(allShifts, frame, decide);
  if (!isRefusal(after)) return { kind: 'done', schedule: after };
  if (after.refused === 'id-reused') return { kind: 'reused' };
  return { kind: 'refused', refusal: after as Refusal<Exclude<Code, 'id-reused'> | 'record-in-doubt'> };
}

/** Imports a file of shifts whole, or not at all. Each wrong line gets a sentence, with its field. */
export async function importShiftFile(
  parts: ShiftParts,
  visitor: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<ShiftAnswer<'record-in-doubt'>> {
  if (!isOneOf(visitor, shiftKeepers)) return notYours;
  const parsed = readInput(importInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const read = readShiftFile(parsed.data.csv);
  const wrong = (problems: readonly LineProblem[]): ShiftAnswer<never> => ({
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
  const answer = await changeShifts(parts, visitor, act, (schedule, number) =>
    importShifts(schedule, rows.shifts, { now: parts.now, number }),
  );
  return answer.kind === 'done' ? { ...answer, imported: rows.shifts.length } : answer;
}

/** The shifts of these ids. Undefined where this person does not keep the scope of one. */
async function keptShifts(
  { ledger }: ShiftParts,
  visitor: Visitor,
  ids: readonly string[],
): Promise<readonly Shift[] | undefined> {
  const { schedule } = await ledger.shifts();
  const shifts = ids.flatMap((id) => schedule.shifts.find((each) => each.id === id) ?? []);
  return shifts.every(({ scope }) => keepsShiftsOf(visitor, scope)) ? shifts : undefined;
}

type Decide<Code extends string> = (schedule: Schedule, number: number) => readonly ShiftEvent[] | Refusal<Code>;

/**
 * An act on existing shifts. It checks the role, then the input, then that the person keeps each shift. `prepare` looks up what
 * the decision needs.
 */
const shiftAct =
  <Input, Code extends string>(
    name: string,
    schema: z.ZodType<Input>,
    idsOf: (input: Input) => readonly string[],
    prepare: (input: Input, parts: ShiftParts, shifts: readonly Shift[]) => Decide<Code> | Promise<Decide<Code>>,
  ) =>
  async (
    parts: ShiftParts,
    visitor: Visitor,
    input: unknown,
    submission?: Submission,
  ): Promise<ShiftAnswer<Exclude<Code, 'id-reused'> | 'record-in-doubt'>> => {
    if (!isOneOf(visitor, shiftKeepers)) return notYours;
    const parsed = readInput(schema, input);
    if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
    const shifts = await keptShifts(parts, visitor, idsOf(parsed.data));
    if (!shifts) return notYours;
    const decide = await prepare(parsed.data, parts, shifts);
    return changeShifts(parts, visitor, { name, sent: parsed.data, submission }, decide);
  };

/** Two people exchange their shifts, in one act. */
export const swapTwoShifts = shiftAct(
  'swap-shifts',
  swapInput,
  ({ shiftId, withId }) => [shiftId, withId],
  async ({ shiftId, withId }, { directory, now }, shifts) => {
    const people: readonly ShiftPerson[] = await directory.people(shifts.map(({ personId }) => personId));
    return (schedule) => swapShifts(schedule, [shiftId, withId], { now, people });
  },
);

/** Another person takes a shift, under their own number. */
export const handShiftOver = shiftAct(
  'hand-over-shift',
  handOverInput,
  ({ shiftId }) => [shiftId],
  async ({ shiftId: id, person: typed, phone }, { directory, now }) => {
    const person = await found(directory, typed);
    return (schedule) => handOverShift(schedule, { id, phone: phone || undefined }, { now, person });
  },
);

/** Removes a shift, such as one of two that overlap. */
export const takeShiftOut = shiftAct(
  'remove-shift',
  removeInput,
  ({ shiftId }) => [shiftId],
  ({ shiftId }, { now }) =>
    (schedule) =>
      removeShift(schedule, shiftId, now),
);
