/**
 * On-call shifts: the person for a role in an office or the state, with times and telephone number. One chain of the
 * ledger holds them all, so that a file is stored whole or not at all. It names professionals by their ids and no one
 * else.
 */

import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { type Refusal, refuser } from '../core/refusal.ts';
import { staff } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { type AccessEnd, accessEnded } from './access-ends.ts';
import { isTelephone } from './directory-entry.ts';
import { directoryRefusals } from './directory-refusals.ts';
import { placeOf } from './scopes.ts';
import { type NewShift, type Shift, shiftEntry } from './shift.ts';
import { foldAlarms, type OpenAlarm, shiftAlarmEvents } from './shift-alarms.ts';

/** Of this subject's sentences alone: the functions without a door carry no others. */
const refuse = refuser(directoryRefusals);

/** Roles that can have shifts: staff who answer for an office or for the state. */
export const shiftRoles: readonly Role[] = staff.filter((role) => ['office', 'state'].includes(placeOf(role)));

/** Longer than any turn of duty: beyond it the year is a typing error. */
export const longestShiftDays = 14;
export const furthestDaysAhead = 366;
/** 1 is first on call, 2 the backup. */
export const lastInOrder = 9;
/** In days: the state forgets ended shifts after this. They stay in the commits. */
const rememberedDays = 30;
const day = 86_400_000;

const holder = { personId: z.string(), phone: z.string().exactOptional() };
export const shiftEvent = z.discriminatedUnion('type', [
  /** `replaced`: the ids of the shifts that the file replaced. */
  z.object({
    type: z.literal('shifts-imported'),
    v: z.literal(1),
    shifts: z.array(shiftEntry),
    replaced: z.array(z.string()),
  }),
  z.object({ type: z.literal('shifts-swapped'), v: z.literal(1), one: z.string(), other: z.string() }),
  z.object({ type: z.literal('shift-handed-over'), v: z.literal(1), id: z.string(), ...holder }),
  z.object({ type: z.literal('shift-removed'), v: z.literal(1), id: z.string() }),
  accessEnded,
  ...shiftAlarmEvents,
]);
export type ShiftEvent = z.infer<typeof shiftEvent>;

/** Reads a stored event of the chain of shifts. Throws a ZodError that names the field where the event is not valid. */
export const readShiftEvent = (stored: unknown): ShiftEvent => shiftEvent.parse(stored);

/** The id of the one schedule. All shifts are one chain, so that a file of them is stored whole or not at all. */
export const allShifts = 'SCHEDULE';

/** Every shift that has not ended long ago, the open alarms about them, and every end of a person's access. */
export interface Schedule {
  readonly shifts: readonly Shift[];
  readonly alarms: readonly OpenAlarm[];
  /** In the order of time. None is forgotten. */
  readonly ends: readonly AccessEnd[];
}
export const emptySchedule: Schedule = { shifts: [], alarms: [], ends: [] };

type ShiftCommit = CommitHead & { readonly events: readonly ShiftEvent[] };

const changed = (shifts: readonly Shift[], id: string, change: (shift: Shift) => Shift): readonly Shift[] =>
  shifts.map((each) => (each.id === id ? change(each) : each));

/** The same shift for this person, under their number or the directory's. */
const heldBy = ({ phone: _, ...shift }: Shift, { personId, phone }: Pick<Shift, 'personId' | 'phone'>): Shift => ({
  ...shift,
  personId,
  ...whereKnown({ phone }),
});

function applyEvent(shifts: readonly Shift[], event: ShiftEvent): readonly Shift[] {
  switch (event.type) {
    case 'shifts-imported': {
      const replaced = new Set(event.replaced);
      const kept = shifts.map((each): Shift => (replaced.has(each.id) ? { ...each, removed: true } : each));
      return [...kept, ...event.shifts];
    }
    case 'shifts-swapped': {
      const [one, other] = [event.one, event.other].map((id) => shifts.find((each) => each.id === id));
      if (!one || !other) return shifts;
      return changed(
        changed(shifts, one.id, (each) => heldBy(each, other)),
        other.id,
        (each) => heldBy(each, one),
      );
    }
    case 'shift-handed-over':
      return changed(shifts, event.id, (each) => heldBy(each, event));
    case 'shift-removed':
      return changed(shifts, event.id, (each) => ({ ...each, removed: true }));
    default:
      return shifts;
  }
}

/** The schedule after these commits of its chain. */
export function foldShifts(commits: readonly ShiftCommit[], from: Schedule = emptySchedule): Schedule {
  let { shifts, ends } = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) {
      shifts = applyEvent(shifts, event);
      if (event.type !== 'access-ended') continue;
      const { type: _, v: __, ...end } = event;
      ends = [...ends, { ...end, at, by: actor.id }];
    }
    const oldest = Date.parse(at) - rememberedDays * day;
    if (shifts.some(({ to }) => Date.parse(to) < oldest)) shifts = shifts.filter(({ to }) => Date.parse(to) >= oldest);
  }
  return { shifts, alarms: foldAlarms(commits, from.alarms), ends };
}

/** Whether it counts, and has not ended at `now`, a UTC instant. */
export const isAhead = ({ to, removed }: Pick<Shift, 'to' | 'removed'>, now: string): boolean =>
  removed !== true && Date.parse(now) < Date.parse(to);

/** Whether its person is on duty at `now`: from its first instant on, and no longer at its end. */
export const isRunning = (shift: Pick<Shift, 'from' | 'to' | 'removed'>, now: string): boolean =>
  isAhead(shift, now) && Date.parse(shift.from) <= Date.parse(now);

/** Sorts the first to call first: by the order of the shift, then by the earlier beginning. */
export const byOrder = (one: Pick<Shift, 'order' | 'from' | 'id'>, other: Pick<Shift, 'order' | 'from' | 'id'>) =>
  one.order - other.order || Date.parse(one.from) - Date.parse(other.from) || (one.id < other.id ? -1 : 1);

/** The shifts of this role and scope that run at `now`, a UTC instant, the first to call first. */
export const onShiftAt = <Given extends Shift>(
  shifts: readonly Given[],
  { role, scope }: Pick<Shift, 'role' | 'scope'>,
  now: string,
): readonly Given[] =>
  shifts.filter((each) => each.role === role && each.scope === scope && isRunning(each, now)).toSorted(byOrder);

/** What the directory says of a person who could be on a shift. */
export interface ShiftPerson {
  readonly id: string;
  readonly phone: string;
  readonly roles: readonly { readonly role: Role; readonly scope: string }[];
}

/** Whether the directory gives this person the role there, so that they may act when called. */
export const holdsRole = (
  { roles: held }: Pick<ShiftPerson, 'roles'>,
  { role, scope }: Pick<Shift, 'role' | 'scope'>,
) => held.some((each) => each.role === role && (each.scope === scope || each.scope === 'state'));

const sameTerms = (one: NewShift, other: NewShift): boolean =>
  one.role === other.role &&
  one.scope === other.scope &&
  one.personId === other.personId &&
  one.from === other.from &&
  one.to === other.to &&
  one.phone === other.phone &&
  one.order === other.order;

/**
 * The events of a file of shifts. For each role and office in it, the file replaces the shifts from its first start to
 * its last end. The same file again adds nothing. `number` is the place of the commit, and makes the ids.
 */
export function importShifts(
  { shifts }: Schedule,
  rows: readonly NewShift[],
  { now, number }: { readonly now: string; readonly number: number },
): readonly ShiftEvent[] {
  const ahead = shifts.filter((each) => isAhead(each, now));
  const unchanged = ahead.filter((each) => rows.some((row) => sameTerms(each, row)));
  const added = rows.filter((row) => !unchanged.some((each) => sameTerms(each, row)));
  const replaced = [...Map.groupBy(rows, ({ role, scope }) => `${role} ${scope}`).values()].flatMap((group) => {
    const first = Math.min(...group.map(({ from }) => Date.parse(from)));
    const last = Math.max(...group.map(({ to }) => Date.parse(to)));
    return ahead.filter(
      ({ role, scope, from }) =>
        role === group[0]?.role && scope === group[0].scope && first <= Date.parse(from) && Date.parse(from) < last,
    );
  });
  const gone = replaced.filter((each) => !unchanged.includes(each)).map(({ id }) => id);
  if (added.length === 0 && gone.length === 0) return [];
  const entered = added.map((row, index): Shift => ({ id: `SH-${number}-${index + 1}`, ...row }));
  return [{ type: 'shifts-imported', v: 1, shifts: entered, replaced: gone }];
}

const noShift = refuse('no-such-shift');
const over = refuse('shift-over');

function shiftAhead({ shifts }: Schedule, id: string, now: string): Shift | Refusal<'no-such-shift' | 'shift-over'> {
  const shift = shifts.find((each) => each.id === id && each.removed !== true);
  if (!shift) return noShift;
  return isAhead(shift, now) ? shift : over;
}

const lacksRole = refuse('lacks-role');

/**
 * The events of two people who exchange their shifts, each with their number, or a refusal. `people` are those in the
 * directory.
 */
export function swapShifts(
  schedule: Schedule,
  [one, other]: readonly [string, string],
  { now, people }: { readonly now: string; readonly people: readonly ShiftPerson[] },
): readonly ShiftEvent[] | Refusal<'no-such-shift' | 'shift-over' | 'same-person' | 'lacks-role'> {
  const [first, second] = [shiftAhead(schedule, one, now), shiftAhead(schedule, other, now)];
  if ('refused' in first) return first;
  if ('refused' in second) return second;
  if (first.personId === second.personId) {
    return refuse('same-person');
  }
  const may = (personId: string, shift: Shift) =>
    people.some((person) => person.id === personId && holdsRole(person, shift));
  if (!may(first.personId, second) || !may(second.personId, first)) return lacksRole;
  return [{ type: 'shifts-swapped', v: 1, one, other }];
}

/**
 * The events of a shift that another person takes over, or a refusal. `person` is undefined where the directory lacks
 * them. Without `phone` their number of the directory counts. A repeated call adds nothing.
 */
export function handOverShift(
  schedule: Schedule,
  { id, phone }: { readonly id: string; readonly phone?: string | undefined },
  { now, person }: { readonly now: string; readonly person: ShiftPerson | undefined },
): readonly ShiftEvent[] | Refusal<'no-such-shift' | 'shift-over' | 'no-such-person' | 'lacks-role' | 'no-telephone'> {
  const shift = shiftAhead(schedule, id, now);
  if ('refused' in shift) return shift;
  if (!person) return refuse('no-such-person/shift');
  if (!holdsRole(person, shift)) return lacksRole;
  if (!isTelephone(phone ?? person.phone)) {
    return refuse('no-telephone');
  }
  const next = { personId: person.id, ...whereKnown({ phone }) };
  if (shift.personId === next.personId && shift.phone === next.phone) return [];
  return [{ type: 'shift-handed-over', v: 1, id, ...next }];
}

/** The events of a removed shift, such as one of two that overlap, or a refusal. */
export function removeShift(
  schedule: Schedule,
  id: string,
  now: string,
): readonly ShiftEvent[] | Refusal<'no-such-shift' | 'shift-over'> {
  const shift = shiftAhead(schedule, id, now);
  return 'refused' in shift ? shift : [{ type: 'shift-removed', v: 1, id }];
}
