/** Carries out several commands of one press: all that were shown and still hold, or none. */

import type { Visitor } from '../access/visitor.ts';
import {
  type CommandAnswer,
  type CommandParts,
  considerCommand,
  type Order,
  performCommand,
  type Would,
} from './perform-command.ts';

/** What each order would do, in their order. One that this person sent before is `done`. Nothing is stored. */
export const considerSeveral = (
  parts: CommandParts,
  visitor: Visitor,
  orders: readonly Order[],
): Promise<readonly (CommandAnswer | Would)[]> =>
  Promise.all(orders.map((order) => considerCommand(parts, visitor, order)));

/** `failed`: a store did not answer, so it is not known whether it was stored. `not-tried`: one before it failed. */
export type SeveralAnswer = CommandAnswer | { readonly kind: 'failed' } | { readonly kind: 'not-tried' };

export type SeveralDone =
  /** At least one does not hold any more. Nothing new was stored. */
  | { readonly kind: 'none'; readonly found: readonly (CommandAnswer | Would)[] }
  | { readonly kind: 'tried'; readonly answers: readonly SeveralAnswer[] };

/**
 * Each order is a commit of its own, under its own key. So after a failure the same press goes on where it stopped, and repeats
 * nothing.
 */
export async function performSeveral(
  parts: CommandParts,
  visitor: Visitor,
  orders: readonly Order[],
): Promise<SeveralDone> {
  const found = await considerSeveral(parts, visitor, orders);
  if (!found.every(({ kind }) => kind === 'would' || kind === 'done')) return { kind: 'none', found };
  const answers: SeveralAnswer[] = [];
  for (const order of orders) {
    const isStopped = answers.some(({ kind }) => kind === 'failed');
    const perform = () =>
      performCommand(parts, visitor, order).catch((error: unknown): SeveralAnswer => {
        parts.onFault?.(error, order.referralId);
        return { kind: 'failed' };
      });
    answers.push(isStopped ? { kind: 'not-tried' } : await perform());
  }
  return { kind: 'tried', answers };
}
