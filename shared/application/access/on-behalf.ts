/** Acts on behalf of somebody on leave: what a delegate was handed counts as the role of whoever handed it on, and no further. */

import { type CommandName, mayDo } from '../../domain/commands.ts';
import type { Person } from '../../domain/core/command.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { holdsAt } from '../../domain/directory/delegations.ts';
import type { Event } from '../../domain/events.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Directory } from '../../store/directory.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isOneOf, ownOf, type Scope, type Visitor, visitorOf, within } from './visitor.ts';

/**
 * The person of the directory as they stand at the door at `now`, a UTC instant, with what was handed to them; undefined where it has none of this id. The directory says
 * who handed something on; whether it holds is asked of the ledger itself, so that it ends with its period and with the commit
 * that ends it.
 */
export async function visitorAt(
  {
    ledger,
    directory,
  }: {
    readonly ledger: Pick<Ledger, 'delegations'>;
    readonly directory: Pick<Directory, 'person' | 'delegationsTo'>;
  },
  personId: string,
  now: string,
): Promise<Visitor | undefined> {
  const [person, handed] = await Promise.all([directory.person(personId), directory.delegationsTo(personId, now)]);
  if (!person) return undefined;
  const own = visitorOf(person, now);
  const principals = [...new Set(handed.map(({ personId }) => personId))];
  const scopes = await Promise.all(
    principals.map(async (id): Promise<readonly Scope[]> => {
      const [principal, { given }] = await Promise.all([directory.person(id), ledger.delegations(id)]);
      const work = given
        .filter((each) => each.delegateId === person.id && holdsAt(each, now))
        .flatMap((each) => each.work);
      // What the person on leave has lost meanwhile, the delegate has no more.
      return (principal?.roles ?? [])
        .filter(({ role }) => work.includes(role))
        .map((each) => ({ ...each, onBehalfOf: id }));
    }),
  );
  const added = scopes.flat();
  if (added.length === 0) return own;
  return { ...own, scopes: [...own.scopes, ...added], roles: [...own.roles, ...added.map(({ role }) => role)] };
}

/** The same person in their own right, and then on behalf of each of those who handed something to them. */
export function sidesOf(visitor: Visitor): readonly Visitor[] {
  const own = ownOf(visitor);
  const principals = [...new Set(visitor.scopes.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))];
  return [
    own,
    ...principals.map((id) => {
      const scopes = visitor.scopes.filter(({ onBehalfOf = id }) => onBehalfOf === id);
      return { ...visitor, scopes, roles: scopes.map(({ role }) => role), onBehalfOf: id };
    }),
  ];
}

/** The sides of this person whose roles in this referral allow the command at all. Emergency access is used in one's own right alone. */
export function ableTo(name: CommandName, state: Referral, visitor: Visitor): readonly Person[] {
  if (name === 'break-glass') return [ownOf(visitor)].filter((person) => mayDo(name, person));
  return sidesOf(visitor)
    .map((side) => within(state, side))
    .filter((person) => mayDo(name, person));
}

/**
 * What is decided for this person. On behalf of somebody, nothing is done that would be refused to that person themselves: the
 * second pair of eyes is not lent by the first.
 */
export function decideFor(
  person: Person,
  decide: (as: Person) => readonly Event[] | Refusal,
): readonly Event[] | Refusal {
  if (person.onBehalfOf === undefined) return decide(person);
  const theirs = decide({ id: person.onBehalfOf, roles: person.roles });
  return isRefusal(theirs) ? theirs : decide(person);
}

/** On whose behalf somebody does what these roles may: undefined where a role of their own is enough, or none is. */
export const principalFor = (visitor: Visitor, roles: readonly Role[]): string | undefined =>
  isOneOf(ownOf(visitor), roles)
    ? undefined
    : visitor.scopes.find(({ role, onBehalfOf }) => onBehalfOf !== undefined && roles.includes(role))?.onBehalfOf;
