/** The reaction to a referral's commits over a desk, as far as the board goes. */
import { react } from '../../functions/react/react.ts';
import type { Desk } from './desk.ts';

const machines = { referral: 'arn:referral', deadline: 'arn:deadline' };
const runs = { start: async () => undefined, resume: async () => undefined };

/** Puts on the board what the ledger says of these referrals now. */
export async function reactTo(desk: Desk, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await react({ ...desk, runs, machines, onUncompared: () => undefined }, id);
  }
}
