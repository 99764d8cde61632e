/** Reads the on-call shifts and their history. Both name only professionals. */

import * as z from 'zod';
import { staff } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { type OnCallEntry, onCallNow, standingWords } from '../../domain/directory/on-call.ts';
import { isAhead, isRunning } from '../../domain/directory/on-call-shifts.ts';
import type { Shift } from '../../domain/directory/shift.ts';
import { faultsAhead, faultTimes, placesCovered, type ShiftFault } from '../../domain/directory/shift-alarms.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { auditors, isOneOf, type Visitor } from '../access/visitor.ts';
import { type ShiftParts, shiftKeepers } from '../use-cases/keep-shifts.ts';

export const shiftReaders: readonly Role[] = [...staff, ...auditors];

export const onCallFilters = z.strictObject({
  hours: z.coerce
    .number('Give a number of hours.')
    .int()
    .min(1)
    .max(336)
    .default(24)
    .meta({ description: 'How many hours ahead.', example: 24 }),
});

/** A shift with the name of its person and the number to call. */
export interface ShownShift extends Omit<Shift, 'removed'> {
  readonly name: string;
  readonly phone: string;
  readonly onDuty: boolean;
}

/** A person to call now for a role and place, with the reason in words. */
export interface CalledNow extends OnCallEntry {
  readonly name: string;
  readonly phone: string;
  readonly says: string;
}

export interface PlaceOnCall {
  readonly scope: string;
  readonly role: Role;
  readonly now: readonly CalledNow[];
  /** The shifts that run now or begin within the hours asked for, in time order. */
  readonly shifts: readonly ShownShift[];
}

export interface OnCallView {
  readonly places: readonly PlaceOnCall[];
  /** Gaps and overlaps up to the time of the first warning, a sentence each. */
  readonly faults: readonly { readonly role: Role; readonly scope: string; readonly says: string }[];
}

const faultSentences: Readonly<Record<ShiftFault['fault'], string>> = {
  empty: 'No one is on shift',
  overlap: 'Two people are on shift in the same order',
  'same-person': 'The same person is first and backup',
  'none-entered': 'No shift was ever entered. The order in the directory is used',
};

/** One sentence for a gap or overlap, with its times in New York. */
const faultWords = (fault: ShiftFault): string =>
  `${faultSentences[fault.fault]}${fault.fault === 'none-entered' ? '' : ` ${faultTimes(fault)}`}.`;

/** Gaps and overlaps of these shifts up to the time of the first warning, a sentence each. */
export const shiftFaults = (shifts: readonly Shift[], policy: Policy, now: string) =>
  faultsAhead(shifts, policy, now).map((fault) => ({ role: fault.role, scope: fault.scope, says: faultWords(fault) }));

/**
 * The people on call now, and the shifts in the next `hours`. It lists each role and office that must be covered or has a shift.
 * Undefined for a person who may not read it. It reads the chain itself, so that the latest entries are in it.
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

/** The acts on shifts, the latest first. Undefined for a person who neither keeps nor audits them. */
export async function shiftHistory({ ledger }: Pick<ShiftParts, 'ledger'>, visitor: Visitor) {
  if (!isOneOf(visitor, [...shiftKeepers, ...auditors])) return undefined;
  const { commits } = await ledger.shifts();
  return commits
    .filter(({ actor }) => actor.kind === 'person')
    .map(({ seq, at, actor, onBehalfOf, events }) => ({
      number: seq,
      at,
      by: actor.id,
      ...whereKnown({ onBehalfOf }),
      events,
    }))
    .toReversed();
}
