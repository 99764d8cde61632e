/** The people of a referral with telephone and e-mail, for when mail is too slow. */

import { isShutTo } from '../../domain/access/seal.ts';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import { roles } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { type OnCallEntry, standingWords } from '../../domain/directory/on-call.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import { asKnownTo } from '../access/part-2-records.ts';
import { isOnlyInvited, linkagesOf, seesWhole, type Visitor } from '../access/visitor.ts';
import { worksOn } from './shown-view.ts';
import { answerToProviders } from './view.ts';

/** The number of a person, and the reason to call this person. `now` is a UTC instant. */
export const calledAs = (
  { phone, by, until, isFirst }: Omit<OnCallEntry, 'personId'>,
  own: Pick<DirectoryPerson, 'phone'>,
  now: string,
) => ({
  phone: phone ?? own.phone,
  by,
  ...whereKnown({ until }),
  says: standingWords({ by, ...whereKnown({ until }), ...(isFirst && { isFirst }) }, now),
});

const contactOf = ({ id, name, title, email, phone }: DirectoryPerson) => ({ id, name, title, email, phone });

/**
 * For each role its people in calling order, each with reason and number. For each seat and each linkage, its holder. A provider
 * gets the roles that answer to it and its own linkages. A member who has not signed yet gets those who invite. `now` is a UTC
 * instant.
 */
export async function peopleOf(
  directory: Pick<Directory, 'people' | 'onCallOrder'>,
  state: Referral,
  policy: Policy,
  visitor: Visitor,
  now: string,
) {
  const whole = seesWhole(state, visitor);
  const byRole = (whole ? roles : isOnlyInvited(state, visitor) ? teamLeaders : answerToProviders).flatMap((role) => {
    const scope = scopeOf(role, state);
    return scope === undefined ? [] : [{ role, scope }];
  });
  const onCall = await Promise.all(
    byRole.map(async ({ role, scope }) => ({ role, scope, inOrder: await directory.onCallOrder(role, scope, now) })),
  );
  // A seat's discipline and a service tell of the child.
  const works = worksOn(state, visitor);
  const seats = whole && works ? state.team.seats : [];
  const linkages = whole
    ? works
      ? Object.values(asKnownTo(state, policy, visitor).services.linkages)
      : []
    : linkagesOf(state, visitor);
  const named = [
    ...onCall.flatMap(({ inOrder }) => inOrder.map(({ personId }) => personId)),
    ...seats.flatMap(({ personId, deputyId }) => [personId, deputyId]),
    ...linkages.map(({ contactId }) => contactId),
  ].filter((id) => id !== undefined);
  // A person that the seal does not name must not be called.
  const known = await directory.people(named.filter((id) => !isShutTo(state, id)));
  const contacts = new Map(known.map((person) => [person.id, contactOf(person)]));
  return {
    roles: onCall.map(({ role, scope, inOrder }) => ({
      role,
      scope,
      people: inOrder.flatMap((entry) => {
        const contact = contacts.get(entry.personId);
        return contact ? [{ ...contact, ...calledAs(entry, contact, now) }] : [];
      }),
    })),
    seats: seats.map(({ discipline, personId, deputyId }) => ({
      discipline,
      holder: contacts.get(personId),
      ...(deputyId !== undefined && { deputy: contacts.get(deputyId) }),
    })),
    providers: linkages.map(({ service, providerId, contactId }) => ({
      service,
      providerId,
      ...(contactId !== undefined && { contact: contacts.get(contactId) }),
    })),
  };
}
