/** Whom to call about the work as such: who has a duty, where, in which order, and who is away. It names professionals alone. */
import * as z from 'zod';
import { staff, teamLeaders } from '../domain/role-groups.ts';
import { isAway } from '../domain/roster.ts';
import { type Role, roles } from '../domain/vocabulary.ts';
import type { Directory } from '../store/directory.ts';
import { auditors } from './visitor.ts';

/** Partners are told whom to call by each referral of theirs. */
export const directoryReaders: readonly Role[] = [...staff, ...teamLeaders, ...auditors];

export const directoryFilters = z.strictObject({
  role: z.enum(roles, 'Give a role, such as caseworker.'),
  scope: z
    .string()
    .regex(
      /^(state|(region|office|team)-[A-Z0-9.-]{1,60})$/,
      'Give a scope, such as state, region-4 or office-HARTFORD.',
    )
    .optional(),
});

/** Those with a duty of the role, by scope and then in order: 1 is on duty, the next stand in. `now` is a UTC instant. */
export async function whoIsOnDuty(
  directory: Pick<Directory, 'person' | 'onDutyAnywhere'>,
  { role, scope }: z.infer<typeof directoryFilters>,
  now: string,
) {
  const duties = await directory.onDutyAnywhere(role);
  const meant = duties.filter((duty) => scope === undefined || duty.scope === scope);
  const people = await Promise.all(meant.map(({ personId }) => directory.person(personId)));
  return meant
    .flatMap(({ scope: of, order }, index) => {
      const person = people[index];
      if (!person) return [];
      const { id, name, title, email, phone } = person;
      return [{ id, name, title, email, phone, role, scope: of, order, away: isAway(person, now) }];
    })
    .toSorted((one, other) => (one.scope === other.scope ? one.order - other.order : one.scope < other.scope ? -1 : 1));
}
