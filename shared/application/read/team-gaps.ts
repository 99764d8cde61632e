/** The gaps in the rosters of teams, for the people who can fill them. */

import { type Notice, noticesOfRoster } from '../../domain/alerts/notices.ts';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { gapWords } from '../../domain/team/gap-words.ts';
import type { OpenGap } from '../../domain/team/roster-gaps.ts';
import type { Ledger } from '../../store/ledger.ts';
import { auditors, isOneOf, leadsTeam, type Visitor } from '../access/visitor.ts';

export const gapReaders: readonly Role[] = [...auditors, ...teamLeaders];

/** For each gap, the people whose mail about it did not fail. */
async function whoWasTold(ledger: Pick<Ledger, 'alert'>, notices: readonly Notice[]) {
  const lives = await Promise.all(notices.map(async ({ id }) => (await ledger.alert(id)).life));
  return (gap: OpenGap): readonly string[] =>
    notices.flatMap(({ news }, index) => {
      if (news.about !== 'roster' || !news.gaps.includes(gap)) return [];
      const { deliveries = [] } = lives[index] ?? {};
      return deliveries.filter(({ status }) => status !== 'failed').map(({ personId }) => personId);
    });
}

/**
 * Administrators and auditors get the gaps of all teams, a coordinator and a chair those of their own. Undefined for all others.
 */
export async function teamGaps(ledger: Pick<Ledger, 'roster' | 'alert'>, policy: Policy, visitor: Visitor) {
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
    teams.map(async ({ id }) => {
      const open = await ledger.roster(id);
      const toldOf = await whoWasTold(ledger, noticesOfRoster(id, open));
      return open.map((gap) => ({
        team: id,
        discipline: gap.discipline,
        gap: gap.gap,
        since: gap.since,
        told: toldOf(gap),
        says: gapWords(gap),
      }));
    }),
  );
  return { gaps: found.flat() };
}
export type TeamGaps = NonNullable<Awaited<ReturnType<typeof teamGaps>>>;
