/** Reads who is on call and who changed that. It names professionals alone. */
import * as z from 'zod';
import { staff } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { type OnCallEntry, onCallNow, standingWords } from '../../domain/directory/on-call.ts';
import type { Shift } from '../../domain/directory/shift.ts';
import { faultsAhead, faultTimes, placesCovered, type ShiftFault } from '../../domain/directory/shift-alarms.ts';
import { isAhead, isRunning } from '../../domain/directory/shifts.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import { type ShiftParts, shiftKeepers } from '../use-cases/keep-shifts.ts';

/** Every member of staff reads who is on call, and so do those who audit. */
export const shiftReaders: readonly Role[] = [...staff, ...auditors];

export const onCallFilters = z.strictObject({
  hours: z.coerce.number('Give a number of hours.').int().min(1).max(336).default(24),
});

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
  'same-person': 'The same person is first and backup',
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
