/**
 * The end of a person's access: the person left, or lost a device. It stands in the chain of shifts, with the shifts that
 * others take over. So all of it is one commit, or none of it is. It names professionals by their ids and no one else.
 */

import * as z from 'zod';
import { isAfter } from '../core/instants.ts';
import { type AccessEndReason, accessEndReasons, roles } from '../core/vocabulary.ts';
import type { Delegation } from './delegations.ts';
import type { Duty } from './scopes.ts';

export const accessEnded = z.object({
  type: z.literal('access-ended'),
  v: z.literal(1),
  personId: z.string(),
  reason: z.enum(accessEndReasons),
  /** Who acts from now on for the people on leave whose delegate this person was. */
  delegatesTo: z.string().exactOptional(),
  /** The roles in which this person was the first to be called. The next in order hears of what is open. */
  firstFor: z.array(z.object({ role: z.enum(roles), scope: z.string() })).exactOptional(),
});

/** An end of access. `at`: a UTC instant. */
export interface AccessEnd {
  readonly personId: string;
  readonly reason: AccessEndReason;
  readonly at: string;
  readonly by: string;
  readonly delegatesTo?: string;
  readonly firstFor?: readonly Duty[];
}

/** The last end of this person's access, and whether an operator let the person in again since. Undefined where there is none. */
export function lastEndOf(
  ends: readonly AccessEnd[],
  { id, letInAt }: { readonly id: string; readonly letInAt?: string | undefined },
): (AccessEnd & { readonly isOver: boolean }) | undefined {
  const last = ends.findLast(({ personId }) => personId === id);
  return last && { ...last, isOver: letInAt !== undefined && isAfter(letInAt, last.at) };
}

/** Whether access has ended by this last end. Undefined where there was none: then it has not. */
export const hasEnded = <End extends { readonly isOver: boolean }>(
  last: End | undefined,
): last is End & { readonly isOver: false } => last?.isOver === false;

/**
 * These delegations after the ends of access. What an ended person gave has ended. What an ended person held, another acts
 * on where one was named, and else it has ended. Delegations given later stand as they are.
 */
export const afterEnds = (delegations: readonly Delegation[], ends: readonly AccessEnd[]): readonly Delegation[] =>
  ends.reduce(
    (all, { personId, at, by, delegatesTo }) =>
      all.map((each) => {
        if (each.endedAt !== undefined || isAfter(each.givenAt, at)) return each;
        const isGiven = each.personId === personId;
        if (!isGiven && each.delegateId !== personId) return each;
        return isGiven || delegatesTo === undefined || delegatesTo === each.personId
          ? { ...each, endedAt: at, endedBy: by }
          : { ...each, delegateId: delegatesTo };
      }),
    delegations,
  );

/** The people whose delegations this person took over, and that person. */
export function actsAlsoAs(personId: string, ends: readonly AccessEnd[]): readonly string[] {
  const before = ends.flatMap((each) => (each.delegatesTo === personId ? [each.personId] : []));
  // Each end leads back to an earlier one, so this ends.
  return [
    personId,
    ...before.flatMap((each) =>
      actsAlsoAs(
        each,
        ends.filter(({ delegatesTo }) => delegatesTo !== personId),
      ),
    ),
  ];
}
