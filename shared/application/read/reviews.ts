/** The coming case reviews of a team, for its leaders and for overseers. */
import * as z from 'zod';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type ReviewLine, reviewLine, reviewList, reviewReaders } from '../../domain/review/review-rows.ts';
import { type MdtTeam, mdtTeams } from '../../policy/places/geography.ts';
import type { Board } from '../../store/board.ts';
import { isOneOf, leadsTeam, type Visitor } from '../access/visitor.ts';
import { type Asked, isTheirs, pageFor } from './queue.ts';

export const reviewFilters = z.strictObject({
  team: z
    .enum(
      mdtTeams.map(({ id }) => id),
      'Choose a team, such as MDT-NEW-HAVEN.',
    )
    .meta({ description: 'The id of the team.', example: 'MDT-NEW-HAVEN' }),
});

/** The teams whose lists this person may read: the teams that they lead, or every team. */
export const teamsOf = (visitor: Visitor): readonly MdtTeam[] =>
  isOneOf(
    visitor,
    reviewReaders.filter((role) => !teamLeaders.includes(role)),
  )
    ? mdtTeams
    : mdtTeams.filter(({ id }) => leadsTeam({ team: { id } }, visitor));

export interface ComingReviews {
  readonly reviews: readonly ReviewLine[];
  readonly next?: string;
}

/** A page of the list, the soonest first. Undefined where the list of this team is not open to the person. */
export async function comingReviews(
  board: Pick<Board, 'queue'>,
  { filters: { team }, paging, now }: Asked<z.infer<typeof reviewFilters>>,
  visitor: Visitor,
  policy: Policy,
): Promise<ComingReviews | undefined> {
  if (!teamsOf(visitor).some(({ id }) => id === team)) return undefined;
  const { rows, next } = await pageFor(board, reviewList(team), paging, (row) =>
    isTheirs(row, visitor, reviewReaders, policy, team),
  );
  return { reviews: rows.map((row) => reviewLine(row, now)), ...whereKnown({ next }) };
}
