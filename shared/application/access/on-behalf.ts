/** Delegation: a delegate has the roles that a person on leave delegated, within the scopes of that person. */

import { type CommandName, mayDo } from '../../domain/commands.ts';
import type { Person } from '../../domain/core/person.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { holdsAt } from '../../domain/directory/delegations.ts';
import type { Event } from '../../domain/events.ts';
import type { Referral } from '../../domain/referral.ts';
import { delegationsBy } from '../../store/directory-by-chains.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isOneOf, ownOf, type Scope, type Visitor, visitorOf, within } from './visitor.ts';

/**
 * The person of the directory with their own and delegated roles at `now`, a UTC instant. Undefined for an unknown id, and for a
 * person without a role of their own. Ending someone's access takes their roles, and what was delegated to them. The directory lists the
 * delegations. The ledger decides whether one holds, so that it ends with its period, or with the commit that ends it.
 */
export async function visitorAt(
  {
    ledger,
    directory,
  }: {
    readonly ledger: Pick<Ledger, 'delegations' | 'shifts'>;
    readonly directory: Pick<Directory, 'person' | 'people' | 'delegationsTo'>;
  },
  personId: string,
  now: string,
): Promise<Visitor | undefined> {
  const [person, handed] = await Promise.all([directory.person(personId), directory.delegationsTo(personId, now)]);
  if (!person || person.roles.length === 0) return undefined;
  const own = { ...visitorOf(person, now), ...whereKnown({ endedAt: person.ending?.at }) };
  const named = [...new Set(handed.flatMap(({ personId: principal }) => (principal === personId ? [] : [principal])))];
  // A row only names a person, and may be forged. So the chain of a person who is in the directory alone is read.
  const principals = named.length === 0 ? [] : await directory.people(named);
  const scopes = await Promise.all(
    principals.map(async ({ id, roles }): Promise<readonly Scope[]> => {
      const work = (await delegationsBy(ledger, id))
        .filter((each) => each.delegateId === person.id && holdsAt(each, now))
        .flatMap((each) => each.work);
      // A role that the person on leave has lost is lost to the delegate too.
      return roles.filter(({ role }) => work.includes(role)).map((each) => ({ ...each, onBehalfOf: id }));
    }),
  );
  const added = scopes.flat();
  if (added.length === 0) return own;
  return { ...own, scopes: [...own.scopes, ...added], roles: [...own.roles, ...added.map(({ role }) => role)] };
}

/** The person for themselves, and then once for each person on leave who delegated to them. */
export function sidesOf(visitor: Visitor): readonly Visitor[] {
  const own = ownOf(visitor);
  const principals = [...new Set(visitor.scopes.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))];
  return [
    own,
    ...principals.map((id) => {
      const scopes = visitor.scopes.filter(({ onBehalfOf = id }) => onBehalfOf === id);
      return { ...visitor, scopes, roles: scopes.map(({ role }) => role), onBehalfOf: id, delegateOf: principals };
    }),
  ];
}

/** The sides of this person with a role in this referral that allows the command. Emergency access needs a role of one's own. */
export function ableTo(name: CommandName, state: Referral, visitor: Visitor): readonly Person[] {
  if (name === 'take-emergency-access') return [ownOf(visitor)].filter((person) => mayDo(name, person));
  return sidesOf(visitor)
    .map((side) => within(state, side))
    .filter((person) => mayDo(name, person));
}

/**
 * The decision for this person. For a delegate, a refusal to the person on leave counts too: a delegate cannot approve that
 * person's own proposal.
 */
export function decideFor(
  person: Person,
  decide: (as: Person) => readonly Event[] | Refusal,
): readonly Event[] | Refusal {
  if (person.onBehalfOf === undefined) return decide(person);
  const theirs = decide({ id: person.onBehalfOf, roles: person.roles });
  return isRefusal(theirs) ? theirs : decide(person);
}

/**
 * The person on leave whose place the visitor takes in one of these roles. Undefined where a role of their own allows it, or none
 * does.
 */
export const principalFor = (visitor: Visitor, roles: readonly Role[]): string | undefined =>
  isOneOf(ownOf(visitor), roles)
    ? undefined
    : visitor.scopes.find(({ role, onBehalfOf }) => onBehalfOf !== undefined && roles.includes(role))?.onBehalfOf;
