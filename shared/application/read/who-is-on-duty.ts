/** The directory of duties: which professionals have which role, where, in which order, and who is away. */
import * as z from 'zod';
import { staff, teamLeaders } from '../../domain/core/role-groups.ts';
import { type Role, roles } from '../../domain/core/vocabulary.ts';
import { isAway } from '../../domain/team/roster.ts';
import type { Directory } from '../../store/directory-reads.ts';
import { auditors } from '../access/visitor.ts';
import { calledAs } from './people-of-referral.ts';

/** Partners are not among them: each of their referrals lists the people to call. */
export const directoryReaders: readonly Role[] = [...staff, ...teamLeaders, ...auditors];

export const directoryFilters = z.strictObject({
  role: z.enum(roles, 'Give a role, such as caseworker.').meta({ description: 'The role.', example: 'hart-liaison' }),
  scope: z
    .string()
    .regex(
      /^(state|(region|office|team)-[A-Z0-9.-]{1,60})$/,
      'Give a scope, such as state, region-4 or office-HARTFORD.',
    )
    .optional()
    .meta({ description: 'Where: state, region-4, office-HARTFORD, team-MDT-HARTFORD.', example: 'region-4' }),
});

/**
 * The holders of a role, by scope. In each scope the people on shift come first, then the order of the directory. `now` is a UTC
 * instant. `says` tells why a person is called, such as `on call until 8:00 AM`.
 */
export async function whoIsOnDuty(
  directory: Pick<Directory, 'person' | 'onDutyAnywhere' | 'onCallOrder'>,
  { role, scope }: z.infer<typeof directoryFilters>,
  now: string,
) {
  const known = scope === undefined ? (await directory.onDutyAnywhere(role)).map((duty) => duty.scope) : [scope];
  const found = await Promise.all(
    [...new Set(known)].toSorted().map(async (of) => {
      const inOrder = await directory.onCallOrder(role, of, now);
      const people = await Promise.all(inOrder.map(({ personId }) => directory.person(personId)));
      return inOrder.flatMap((entry, index) => {
        const person = people[index];
        if (!person) return [];
        const { id, name, title, email } = person;
        const called = calledAs(entry, person, now);
        const hasTextPhone = person.textPhone !== undefined;
        const away = isAway(person, now);
        return [{ id, name, title, email, ...called, role, scope: of, order: index + 1, away, hasTextPhone }];
      });
    }),
  );
  return found.flat();
}
