/**
 * The way of every mail. The files of this folder are named for its steps: request, address, lease, send, record. What
 * the steps decide are pure functions of shared/alerts/compose. Who gets it is in recipients.ts, whether it may leave in
 * may-leave.ts, what it says in compose.ts. Only this folder loads, calls them, sends and records.
 */
import { planLetters } from '../../shared/alerts/compose/letters.ts';
import { isOver } from '../../shared/alerts/compose/may-leave.ts';
import type { DeferralEndReason } from '../../shared/domain/alerts/alerts.ts';
import type { Task } from './address.ts';
import { type Leased, lease } from './lease.ts';
import { tellCap, tellUnreachable } from './record.ts';
import { sendLeased } from './send.ts';
import { attemptInto, type SendParts } from './send-parts.ts';

/** An alert or notice to send, and until when it may wait, or why its wait ends. */
export interface Asked {
  readonly task: Task;
  readonly until?: string | undefined;
  readonly frees?: DeferralEndReason;
}

/** In rounds, until no mail is left to send. Each round leases, sends and records. Faults are added to `faults`. */
export async function deliver(
  parts: SendParts,
  asked: readonly Asked[],
  now: string,
  faults: unknown[],
): Promise<void> {
  const attempt = attemptInto(faults);
  let open = asked.filter(({ task }) => !isOver(task.about));
  while (open.length > 0) {
    const leases: Leased[] = [];
    // Urgent alerts first. Their readers get the other alerts in the same mail.
    const inOrder = open.toSorted((one, other) => Number(one.until !== undefined) - Number(other.until !== undefined));
    const plan = planLetters(
      inOrder.flatMap(({ task: { about, groups } }) =>
        groups.flatMap(({ addressedAs, people }) =>
          people.map(({ personId }) => ({ about, recipient: { personId, addressedAs } })),
        ),
      ),
      now,
    );
    for (const { task, until, frees } of inOrder) {
      const riders = new Set(leases.map(({ recipient }) => recipient.personId));
      const holds = until === undefined ? undefined : { until, riders };
      const mine = await attempt(lease(parts, task, now, { plan, frees, holds }));
      leases.push(...(mine ?? []));
    }
    if (leases.length === 0) break;
    const sent = await attempt(sendLeased(parts, leases, now));
    if (!sent) break;
    faults.push(...sent.faults);
    // The next person follows one who has no mailbox, or whose mail was withheld.
    open = open.filter(({ task: { about } }) => sent.failed.has(about.id));
  }
  for (const { task } of asked) {
    await attempt(tellUnreachable(parts, task, now));
    await attempt(tellCap(parts, task, now));
  }
}
