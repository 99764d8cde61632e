/**
 * Delegates who do the work of a colleague on leave. The colleague names them for a period and a kind of work. Each
 * colleague has a chain of their own. It holds ids of professionals and no other person. That delegation is allowed,
 * for how long and for which work, is this project's unconfirmed assumption.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { idInput, instantInput, someOf } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { type Refusal, refuser } from '../core/refusal.ts';
import { staff, teamLeaders } from '../core/role-groups.ts';
import { type Role, roles, rolesOfWork } from '../core/vocabulary.ts';
import { directoryRefusals } from './directory-refusals.ts';

/** Of this subject's sentences alone: the functions without a door carry no others. */
const refuse = refuser(directoryRefusals);

/** A seat has its named deputy and a provider its named contact. Auditing and administration are not delegated. */
export const delegable = roles.filter((role) => staff.includes(role) || teamLeaders.includes(role));

/** The longest delegation, in days. For a longer leave, the directory gets a replacement. */
const longestDays = 90;
const day = 86_400_000;

export const delegationInput = z.strictObject({
  delegateId: idInput(),
  /** The kinds of work: names of roles that the person on leave holds. */
  work: someOf(delegable as [Role, ...Role[]]).refine((work) => work.length > 0, 'Name at least one kind of work.'),
  /** Without it, from now on. */
  from: instantInput().optional(),
  until: instantInput('Give date, time and zone of the end, such as 2026-12-01T08:00:00-05:00.'),
});
export type DelegationInput = z.infer<typeof delegationInput>;

const work = z.array(z.enum(rolesOfWork));
export const delegationEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('delegation-given'),
    v: z.literal(1),
    id: z.string(),
    delegateId: z.string(),
    work,
    from: z.string(),
    until: z.string(),
  }),
  z.object({ type: z.literal('delegation-ended'), v: z.literal(1), id: z.string() }),
]);
export type DelegationEvent = z.infer<typeof delegationEvent>;

/**
 * Reads a stored event of a chain of delegations. Throws a ZodError that names the field where the event is not valid.
 */
export const readDelegationEvent = (stored: unknown): DelegationEvent => delegationEvent.parse(stored);

/** `from` is the first instant, and `until` the first one after the end, in UTC. */
export interface Delegation {
  readonly id: string;
  /** The person on leave. */
  readonly personId: string;
  readonly delegateId: string;
  readonly work: readonly Role[];
  readonly from: string;
  readonly until: string;
  readonly givenAt: string;
  /** When a person ended it early, and who. */
  readonly endedAt?: string;
  readonly endedBy?: string;
}

type DelegationCommit = CommitHead & { readonly events: readonly DelegationEvent[] };

/** Every delegation that this person has given, the first one at the top. */
export function foldDelegations(
  personId: string,
  commits: readonly DelegationCommit[],
  from: readonly Delegation[] = [],
): readonly Delegation[] {
  let given = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) {
      if (event.type === 'delegation-given') {
        const { type: _, v: __, ...terms } = event;
        given = [...given, { ...terms, personId, givenAt: at }];
      } else {
        given = given.map((each) => (each.id === event.id ? { ...each, endedAt: at, endedBy: actor.id } : each));
      }
    }
  }
  return given;
}

/** Whether it holds at `now`: from its first instant on, and no longer at its end. */
export const holdsAt = ({ from, until, endedAt }: Delegation, now: string): boolean =>
  Date.parse(from) <= Date.parse(now) && Date.parse(now) < Date.parse(until) && endedAt === undefined;

/** Whether it could still be ended. */
export const isToCome = ({ until, endedAt }: Delegation, now: string): boolean =>
  endedAt === undefined && Date.parse(now) < Date.parse(until);

/** Whether a person with these roles may do this work for a colleague. Staff work for staff, and leaders of teams for a team too. */
export function mayActFor(work: readonly Role[], held: readonly Role[]): boolean {
  const colleagues = work.every((role) => staff.includes(role)) ? staff : [...staff, ...teamLeaders];
  return held.some((role) => colleagues.includes(role));
}

/** The codes of a refused naming of a delegate. */
export type DelegationRefusal =
  | 'no-such-person'
  | 'not-oneself'
  | 'not-your-work'
  | 'not-a-colleague'
  | 'no-period'
  | 'too-far-ahead'
  | 'too-long';

/**
 * The events of naming a delegate, or a refusal. `person` has own roles only, because delegated work is not delegated
 * again. `delegate` is undefined where the directory lacks the id. A repeated call adds nothing.
 */
export function giveDelegation(
  given: readonly Delegation[],
  { delegateId, work: asked, from, until }: DelegationInput,
  { person, delegate, now }: { readonly person: Person; readonly delegate: Person | undefined; readonly now: string },
): readonly DelegationEvent[] | Refusal<DelegationRefusal> {
  if (!delegate) return refuse('no-such-person/delegate');
  if (delegate.id === person.id) return refuse('not-oneself');
  const lacking = asked.filter((role) => !person.roles.includes(role));
  if (lacking.length > 0) {
    return refuse('not-your-work', { lacking: lacking.join(', ') });
  }
  if (!mayActFor(asked, delegate.roles)) return refuse('not-a-colleague');
  const start = from === undefined || Date.parse(from) < Date.parse(now) ? now : from;
  if (Date.parse(until) <= Date.parse(start)) return refuse('no-period');
  if (Date.parse(start) - Date.parse(now) > 366 * day) return refuse('too-far-ahead/delegation');
  if (Date.parse(until) - Date.parse(start) > longestDays * day) {
    return refuse('too-long', { longestDays });
  }
  const isSame = (each: Delegation) =>
    each.delegateId === delegateId &&
    each.until === until &&
    asked.length === each.work.length &&
    asked.every((role) => each.work.includes(role)) &&
    (from === undefined ? holdsAt(each, now) : each.from === from);
  if (given.some((each) => each.endedAt === undefined && isSame(each))) return [];
  const id = `DG-${given.length + 1}`;
  return [{ type: 'delegation-given', v: 1, id, delegateId, work: [...asked], from: start, until }];
}

/** Ends a delegation. Its giver, its delegate and an administrator may end it. Ending it again adds nothing. */
export function endDelegation(
  given: readonly Delegation[],
  { id, person, now }: { readonly id: string; readonly person: Person; readonly now: string },
): readonly DelegationEvent[] | Refusal<'no-such-delegation' | 'over-already'> {
  const delegation = given.find((each) => each.id === id);
  const concerned = [delegation?.personId, delegation?.delegateId].includes(person.id);
  if (!delegation || !(concerned || person.roles.includes('administrator'))) {
    return refuse('no-such-delegation');
  }
  if (delegation.endedAt !== undefined) return [];
  if (!isToCome(delegation, now)) return refuse('over-already');
  return [{ type: 'delegation-ended', v: 1, id }];
}
