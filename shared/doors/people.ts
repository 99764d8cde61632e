/** Who answers for a referral, with telephone and e-mail: whom to call when mail is too slow. */
import type { Policy } from '../domain/policy.ts';
import type { Referral } from '../domain/referral.ts';
import { teamLeaders } from '../domain/role-groups.ts';
import { scopeOf } from '../domain/scopes.ts';
import { isShutTo } from '../domain/seal.ts';
import { roles } from '../domain/vocabulary.ts';
import type { Directory, DirectoryPerson } from '../store/directory.ts';
import { asKnownTo } from './apart.ts';
import { answerToProviders } from './view.ts';
import { isOnlyInvited, linkagesOf, seesWhole, type Visitor } from './visitor.ts';

const contactOf = ({ id, name, title, email, phone }: DirectoryPerson) => ({ id, name, title, email, phone });

/**
 * For each role, the people in order (who is on duty first); for each seat and each linkage, its holder. A provider gets
 * the roles that answer to it and its own linkages, a member who has not signed yet those who invite.
 */
export async function peopleOf(
  directory: Pick<Directory, 'people' | 'onDuty'>,
  state: Referral,
  policy: Policy,
  visitor: Visitor,
) {
  const whole = seesWhole(state, visitor);
  const byRole = (whole ? roles : isOnlyInvited(state, visitor) ? teamLeaders : answerToProviders).flatMap((role) => {
    const scope = scopeOf(role, state);
    return scope === undefined ? [] : [{ role, scope }];
  });
  const onDuty = await Promise.all(
    byRole.map(async ({ role, scope }) => ({ role, scope, duties: await directory.onDuty(role, scope) })),
  );
  const seats = whole ? state.seats : [];
  const linkages = whole ? Object.values(asKnownTo(state, policy, visitor).linkages) : linkagesOf(state, visitor);
  const named = [
    ...onDuty.flatMap(({ duties }) => duties.map(({ personId }) => personId)),
    ...seats.flatMap(({ personId, deputyId }) => [personId, deputyId]),
    ...linkages.map(({ contactId }) => contactId),
  ].filter((id) => id !== undefined);
  // Whom a seal does not name is nobody to call about it.
  const known = await directory.people(named.filter((id) => !isShutTo(state, id)));
  const contacts = new Map(known.map((person) => [person.id, contactOf(person)]));
  return {
    roles: onDuty.map(({ role, scope, duties }) => ({
      role,
      scope,
      people: duties.flatMap(({ personId }) => contacts.get(personId) ?? []),
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
