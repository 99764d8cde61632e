/** Ends a person's access, and hands over what can be handed over, in one decision on the chain of shifts. */

import { isRefusal, type Refusal, refuser } from '../core/refusal.ts';
import type { AccessEndReason } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { hasEnded, lastEndOf } from './access-ends.ts';
import { type Delegation, mayActFor } from './delegations.ts';
import { directoryRefusals } from './directory-refusals.ts';
import {
  handOverShift,
  isAhead,
  removeShift,
  type Schedule,
  type ShiftEvent,
  type ShiftPerson,
} from './on-call-shifts.ts';
import type { Duty } from './scopes.ts';
import type { Shift } from './shift.ts';

const refuse = refuser(directoryRefusals);

/** Who takes shifts or delegations: a person by id, no one, or the same person once they are back. */
export type Taker = string;
export const noTaker = 'none';
export const keptByThem = 'keep';

export interface EndPlan {
  readonly personId: string;
  readonly reason: AccessEndReason;
  /** For each role and place in which the person has shifts ahead. */
  readonly shifts: readonly { readonly role: string; readonly scope: string; readonly to: Taker }[];
  /** Of what they hold of people on leave. */
  readonly delegations: Taker;
  /** What the administrator was shown, by `shownOf`. */
  readonly seen: string;
}

interface Someone extends ShiftPerson {
  readonly letInAt?: string | undefined;
}

/** The shifts of this person that run or are to come at `now`, a UTC instant. */
export const shiftsAhead = ({ shifts }: Pick<Schedule, 'shifts'>, personId: string, now: string): readonly Shift[] =>
  shifts.filter((each) => each.personId === personId && isAhead(each, now));

/** Names all that is handed over or ends. So a page that is out of date shows. */
export const shownOf = (shifts: readonly Shift[], delegations: readonly Delegation[]): string =>
  [
    ...shifts.map(({ id, from, to }) => `${id} ${from} ${to}`),
    ...delegations.map(({ personId, id, delegateId }) => `${personId} ${id} ${delegateId}`),
  ]
    .toSorted()
    .join(', ');

export type EndRefusal =
  | 'own-access'
  | 'ended-already'
  | 'preview-out-of-date'
  | 'no-taker'
  | 'not-kept'
  | 'takes-from-themselves'
  | 'lacks-role'
  | 'no-telephone'
  | 'no-such-person'
  | 'not-a-colleague'
  | 'no-such-shift'
  | 'shift-over';

/**
 * The events of the end, or a refusal with which nothing is done. `by` and `person` are as the directory has them.
 * `people` take over. They have no roles where their own access ended. `held` and `given` are the delegations of the person
 * that are not over. `firstFor`: the roles in which they are called first until now. `now` is a UTC instant.
 */
export function endAccess(
  schedule: Schedule,
  plan: EndPlan,
  {
    now,
    by,
    person,
    people,
    held,
    given,
    firstFor,
  }: {
    readonly now: string;
    readonly by: Pick<Someone, 'id' | 'letInAt'>;
    readonly person: Someone;
    readonly people: readonly ShiftPerson[];
    readonly held: readonly Delegation[];
    readonly given: readonly Delegation[];
    readonly firstFor: readonly Duty[];
  },
): readonly ShiftEvent[] | Refusal<EndRefusal> {
  if (person.id === by.id) return refuse('own-access/still-yours');
  // Of two administrators who end each other at once, the first stays. So there is always one.
  if (hasEnded(lastEndOf(schedule.ends, by))) return refuse('own-access/ended');
  if (hasEnded(lastEndOf(schedule.ends, person))) return refuse('ended-already');
  const own = shiftsAhead(schedule, person.id, now);
  if (shownOf(own, [...held, ...given]) !== plan.seen) return refuse('preview-out-of-date');
  const takers = [...plan.shifts.map(({ to }) => to), plan.delegations];
  if (takers.includes(keptByThem) && plan.reason !== 'device-lost') return refuse('not-kept');
  if (takers.includes(person.id)) return refuse('takes-from-themselves');

  const events: ShiftEvent[] = [];
  for (const { id, role, scope } of own) {
    const to = plan.shifts.find((each) => each.role === role && each.scope === scope)?.to;
    if (to === undefined) return refuse('no-taker');
    if (to === keptByThem) continue;
    const taker = people.find((each) => each.id === to);
    const change =
      to === noTaker ? removeShift(schedule, id, now) : handOverShift(schedule, { id }, { now, person: taker });
    if (isRefusal(change)) return change;
    events.push(...change);
  }
  const delegatesTo = held.length > 0 && plan.delegations !== noTaker ? delegateOf(plan, person.id) : undefined;
  if (delegatesTo !== undefined && delegatesTo !== person.id) {
    const delegate = people.find(({ id }) => id === delegatesTo);
    if (!delegate) return refuse('no-such-person/delegate');
    const may = held.every((each) => each.personId !== delegatesTo && mayActFor(each.work, rolesOf(delegate)));
    if (!may) return refuse('not-a-colleague');
  }
  const { reason } = plan;
  const first = firstFor.length > 0 ? { firstFor: [...firstFor] } : {};
  const end = {
    type: 'access-ended',
    v: 1,
    personId: person.id,
    reason,
    ...whereKnown({ delegatesTo }),
    ...first,
  } as const;
  return [...events, end];
}

const rolesOf = ({ roles }: ShiftPerson) => roles.map(({ role }) => role);

/** A delegate who is kept has their own id here. They act again once an operator lets them in. */
const delegateOf = ({ delegations }: EndPlan, personId: string): string =>
  delegations === keptByThem ? personId : delegations;
