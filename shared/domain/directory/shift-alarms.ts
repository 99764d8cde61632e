/**
 * Faults of the shifts ahead. They are: a gap, two first people at once, one person first and backup, a role without
 * shifts. Each alarms a day ahead and again four hours ahead. The mail about it has a life of its own.
 */

import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { type Role, rolesOfWork } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { elapsedFrom, formatInstant } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import { placeOf } from './scopes.ts';
import type { Shift } from './shift.ts';

const faults = ['empty', 'overlap', 'same-person', 'none-entered'] as const;
type Fault = (typeof faults)[number];

/** The roles that keep the shifts of an office and of the state, and are told. */
export const shiftReaders = ['area-supervisor', 'careline-supervisor', 'careline-manager'] as const satisfies Role[];
export type ShiftReader = (typeof shiftReaders)[number];

/** `from` is absent where no shift comes before, `to` where none comes after. UTC instants. */
const about = {
  fault: z.enum(faults),
  role: z.enum(rolesOfWork),
  scope: z.string(),
  from: z.string().exactOptional(),
};
export const shiftAlarmEvents = [
  /** `ahead`: the number of the policy's warning, from 1. */
  z.object({
    type: z.literal('shift-alarm-raised'),
    v: z.literal(1),
    ...about,
    to: z.string().exactOptional(),
    ahead: z.int(),
  }),
  z.object({ type: z.literal('shift-alarm-over'), v: z.literal(1), ...about }),
] as const;
type AlarmEvent = z.infer<(typeof shiftAlarmEvents)[number]>;

/** A fault of the shifts ahead. */
export interface ShiftFault {
  readonly fault: Fault;
  readonly role: Role;
  readonly scope: string;
  readonly from?: string;
  readonly to?: string;
}

/** A raised fault that is not over. `raisedIn`: the place of the commit that raised this warning. */
export interface OpenAlarm extends ShiftFault {
  readonly ahead: number;
  readonly raisedIn: number;
}

const isSame = (one: ShiftFault, other: ShiftFault): boolean =>
  one.fault === other.fault && one.role === other.role && one.scope === other.scope && one.from === other.from;

function applyAlarm(open: readonly OpenAlarm[], event: { readonly type: string }, seq: number): readonly OpenAlarm[] {
  const given = event as AlarmEvent;
  switch (given.type) {
    case 'shift-alarm-raised': {
      const { type: _, v: __, ...fault } = given;
      return [...open.filter((each) => !isSame(each, fault)), { ...fault, raisedIn: seq }];
    }
    case 'shift-alarm-over':
      return open.filter((each) => !isSame(each, given));
    default:
      return open;
  }
}

/** The alarms that stand after these commits. */
export const foldAlarms = (
  commits: readonly (Pick<CommitHead, 'seq'> & { readonly events: readonly { readonly type: string }[] })[],
  from: readonly OpenAlarm[],
): readonly OpenAlarm[] =>
  commits.reduce((open, { seq, events }) => events.reduce((all, event) => applyAlarm(all, event, seq), open), from);

interface Place {
  readonly role: Role;
  readonly scope: string;
}

/** Each role and office, or the state, that the policy wants covered at every hour. */
export const placesCovered = ({ shifts, geography }: Pick<Policy, 'shifts' | 'geography'>): readonly Place[] =>
  shifts.covered.flatMap(({ role }): readonly Place[] =>
    placeOf(role) === 'office'
      ? geography.offices.map(({ id }) => ({ role, scope: `office-${id}` }))
      : [{ role, scope: 'state' }],
  );

/** In milliseconds: shifts that end at 7:59 and begin at 8:00 leave no gap. */
const seam = 60_000;

/** The gaps of these shifts from the earliest on: before the first, between, and after the last. */
function emptyTimes(shifts: readonly Shift[]): readonly Pick<ShiftFault, 'from' | 'to'>[] {
  const inTime = shifts.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
  const found: Pick<ShiftFault, 'from' | 'to'>[] = [];
  let covered: string | undefined;
  for (const { from, to } of inTime) {
    if (covered === undefined) found.push({ to: from });
    else if (Date.parse(from) - Date.parse(covered) > seam) found.push({ from: covered, to: from });
    if (covered === undefined || Date.parse(to) > Date.parse(covered)) covered = to;
  }
  return [...found, covered === undefined ? {} : { from: covered }];
}

/** The times at which two of these shifts have the same order. Times that begin together are one. */
function overlaps(shifts: readonly Shift[]): readonly Pick<ShiftFault, 'from' | 'to'>[] {
  const found = new Map<string, { from: string; to: string }>();
  for (const group of Map.groupBy(shifts, ({ order }) => order).values()) {
    const inTime = group.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
    let longest: Shift | undefined;
    for (const shift of inTime) {
      if (longest && Date.parse(shift.from) < Date.parse(longest.to)) {
        const to = Date.parse(shift.to) < Date.parse(longest.to) ? shift.to : longest.to;
        const known = found.get(shift.from);
        if (!known || Date.parse(known.to) < Date.parse(to)) found.set(shift.from, { from: shift.from, to });
      }
      if (!longest || Date.parse(shift.to) > Date.parse(longest.to)) longest = shift;
    }
  }
  return [...found.values()];
}

/** The times at which one person has two of these shifts in different orders: then that person has no backup. */
function samePerson(shifts: readonly Shift[]): readonly Pick<ShiftFault, 'from' | 'to'>[] {
  const found = new Map<string, { from: string; to: string }>();
  for (const own of Map.groupBy(shifts, ({ personId }) => personId).values()) {
    const inTime = own.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from));
    for (const [index, later] of inTime.entries()) {
      for (const earlier of inTime.slice(0, index)) {
        if (earlier.order === later.order || Date.parse(earlier.to) <= Date.parse(later.from)) continue;
        const to = Date.parse(earlier.to) < Date.parse(later.to) ? earlier.to : later.to;
        found.set(later.from, { from: later.from, to });
      }
    }
  }
  return [...found.values()];
}

/**
 * The faults from `now` until the first warning's time ahead, each with the warning that is due. Where no office has
 * any shift of a role, that is one fault and not one for each office. `now` is a UTC instant.
 */
export function faultsAhead(
  shifts: readonly Shift[],
  policy: Pick<Policy, 'shifts' | 'geography'>,
  now: string,
): readonly (ShiftFault & { readonly ahead: number })[] {
  const { warnings } = policy.shifts;
  const counted = shifts.filter(({ removed }) => removed !== true);
  const latest = warnings.map((before) => Date.parse(elapsedFrom(now, before)));
  /** The number of the last warning that is due for a fault beginning at this instant; 0 for none. */
  const warningFor = (from: string | undefined) =>
    latest.filter((instant) => from === undefined || Date.parse(from) <= instant).length;
  const unused = policy.shifts.covered
    .map(({ role }) => role)
    .filter((role) => !counted.some((each) => each.role === role));
  return [
    ...unused.map((role) => ({ fault: 'none-entered', role, scope: 'state', ahead: warnings.length }) as const),
    ...placesCovered(policy)
      .filter(({ role }) => !unused.includes(role))
      .flatMap(({ role, scope }) => {
        const own = counted.filter((each) => each.role === role && each.scope === scope);
        const isToCome = ({ to }: Pick<ShiftFault, 'to'>) => to === undefined || Date.parse(to) > Date.parse(now);
        return [
          ...emptyTimes(own).map((time) => ({ fault: 'empty', ...time }) as const),
          ...overlaps(own).map((time) => ({ fault: 'overlap', ...time }) as const),
          ...samePerson(own).map((time) => ({ fault: 'same-person', ...time }) as const),
        ]
          .filter(isToCome)
          .map((fault) => ({ ...fault, role, scope, ahead: warningFor(fault.from) }))
          .filter(({ ahead }) => ahead > 0);
      }),
  ];
}

/**
 * The events that a look at the shifts adds: new warnings, and faults that are mended or past. Each comes once, however
 * often it looks.
 */
export function lookedAhead(
  open: readonly OpenAlarm[],
  found: readonly (ShiftFault & { readonly ahead: number })[],
): readonly AlarmEvent[] {
  const isKnown = (each: ShiftFault & { readonly ahead: number }) =>
    open.some((other) => isSame(each, other) && other.ahead >= each.ahead);
  return [
    ...found
      .filter((each) => !isKnown(each))
      .map((each): AlarmEvent => ({ type: 'shift-alarm-raised', v: 1, ...each })),
    ...open
      .filter((each) => !found.some((other) => isSame(each, other)))
      .map(
        ({ fault, role, scope, from }): AlarmEvent => ({
          type: 'shift-alarm-over',
          v: 1,
          fault,
          role,
          scope,
          ...whereKnown({ from }),
        }),
      ),
  ];
}

/** Who is told of a fault, as which role and in which scope: keepers of these shifts, and the Careline. */
export const readersOf = ({ fault, scope }: ShiftFault): readonly (readonly [as: ShiftReader, scope: string])[] => {
  if (fault === 'none-entered') return [['careline-manager', 'state']];
  return scope === 'state'
    ? [
        ['careline-supervisor', 'state'],
        ['careline-manager', 'state'],
      ]
    : [
        ['area-supervisor', scope],
        ['careline-supervisor', 'state'],
      ];
};

/** The instants of a fault, in New York time: `from Fri Nov 27, 2026, 8:00 AM EST until …`. */
export function faultTimes({ from, to }: Pick<ShiftFault, 'from' | 'to'>): string {
  const start = from === undefined ? 'from now' : `from ${formatInstant(from)}`;
  return to === undefined ? `${start} on` : `${start} until ${formatInstant(to)}`;
}
