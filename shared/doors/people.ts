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
  directory: Pick<Directory, 'person' | 'onDuty'>,
  state: Referral,
  policy: Policy,
  visitor: Visitor,
) {
  const whole = seesWhole(state, visitor);
  const contact = async (id: string) => {
    const person = await directory.person(id);
    // Whom a seal does not name is nobody to call about it.
    return person && !isShutTo(state, id) ? contactOf(person) : undefined;
  };
  const byRole = (whole ? roles : isOnlyInvited(state, visitor) ? teamLeaders : answerToProviders).flatMap((role) => {
    const scope = scopeOf(role, state);
    return scope === undefined ? [] : [{ role, scope }];
  });
  return {
    roles: await Promise.all(
      byRole.map(async ({ role, scope }) => {
        const duties = await directory.onDuty(role, scope);
        const people = await Promise.all(duties.map(({ personId }) => contact(personId)));
        return { role, scope, people: people.filter((person) => person !== undefined) };
      }),
    ),
    seats: await Promise.all(
      (whole ? state.seats : []).map(async ({ discipline, personId, deputyId }) => ({
        discipline,
        holder: await contact(personId),
        ...(deputyId !== undefined && { deputy: await contact(deputyId) }),
      })),
    ),
    providers: await Promise.all(
      (whole ? Object.values(asKnownTo(state, policy, visitor).linkages) : linkagesOf(state, visitor)).map(
        async ({ service, providerId, contactId }) => ({
          service,
          providerId,
          ...(contactId !== undefined && { contact: await contact(contactId) }),
        }),
      ),
    ),
  };
}
