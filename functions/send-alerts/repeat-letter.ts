/** The repeat of a letter of several alerts, or of a digest. It is one mail, as it was the first time. */
import { termsOf } from '../../shared/alerts/compose/letters.ts';
import { isOver } from '../../shared/alerts/compose/may-leave.ts';
import { readOutgoing } from '../../shared/application/read/read-outgoing.ts';
import type { LetterOfLease } from '../../shared/domain/alerts/alerts.ts';
import type { Outgoing } from '../../shared/domain/alerts/outgoing.ts';
import { tasksOf } from './address.ts';
import { type Leased, leaseAgain } from './lease.ts';
import { recordResults } from './record.ts';
import { sendLeased } from './send.ts';
import type { SendParts } from './send-parts.ts';

/**
 * Sends a letter in doubt to this person once more. It holds those of its alerts whose outcome is not known.
 * Every nudge about one of its alerts leads here. All senders lease in the order of the letter, so one of them gets it.
 * Where a lease fails, nothing is sent, and the next nudge tries again. Faults are added to `faults`. `now` is a UTC
 * instant.
 */
export async function repeatLetter(
  parts: SendParts,
  letter: LetterOfLease,
  personId: string,
  now: string,
  faults: unknown[],
): Promise<void> {
  const all: Outgoing[] = [];
  for (const id of letter.ids) {
    const about = await readOutgoing(parts, id);
    if (about && !isOver(about)) all.push(about);
  }
  const tasks = await tasksOf(parts, all, now, faults);
  if (tasks.length === 0 || tasks.length < all.length) return;
  const leases: Leased[] = [];
  const terms = { ...termsOf(all, now, letter), letter };
  try {
    for (const task of tasks) {
      const mine = await leaseAgain(parts, task, personId, terms, now);
      if (mine === 'held') break;
      if (mine) leases.push(mine);
    }
  } catch (fault) {
    await recordResults(
      parts,
      leases.map(({ about, token }) => ({
        alertId: about.id,
        token,
        event: { type: 'alert-released', v: 1, personId },
      })),
      now,
    );
    throw fault;
  }
  faults.push(...(await sendLeased(parts, leases, now)).faults);
}
