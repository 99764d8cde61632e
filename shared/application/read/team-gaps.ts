/** The gaps in the rosters of teams, for the people who can fill them. */

import { teamLeaders } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { gapWords } from '../../domain/team/roster-gaps.ts';
import type { Ledger } from '../../store/ledger.ts';
import { auditors, isOneOf, leadsTeam, type Visitor } from '../access/visitor.ts';

export const gapReaders: readonly Role[] = [...auditors, ...teamLeaders];

/**
 * Administrators and auditors get the gaps of all teams, a coordinator and a chair those of their own. Undefined for all others.
 */
export async function teamGaps(ledger: Pick<Ledger, 'roster'>, policy: Policy, visitor: Visitor) {
  if (!isOneOf(visitor, gapReaders)) return undefined;
  const teams = policy.geography.teams.filter(
    ({ id }) =>
      isOneOf(visitor, auditors) ||
      leadsTeam(
        {
          team: { id },
        },
        visitor,
      ),
  );
  const found = await Promise.all(
    teams.map(async ({ id }) =>
      (await ledger.roster(id)).map(({ discipline, gap, since, told }) => ({
        team: id,
        discipline,
        gap,
        since,
        told,
        says: gapWords({ discipline, gap }),
      })),
    ),
  );
  return { gaps: found.flat() };
}
export type TeamGaps = NonNullable<Awaited<ReturnType<typeof teamGaps>>>;
