/** The duties that call now and that no one has yet, for the head of the queue. */
import { reachedBy } from './call-records.ts';
import { dutiesNow } from './calls.ts';
import type { Policy } from './policy.ts';
import type { Referral } from './referral.ts';

/** The board's list of duties that call now, the one due first at the top. */
export const callQueue = 'calls';

/** Whether a person has this duty: the one who was reached about it by telephone. */
export const someoneHas = (state: Referral, deadlineId: string): boolean =>
  reachedBy((state.calls ?? []).filter((call) => call.deadlineId === deadlineId)) !== undefined;

/** A row for each open duty of class now; one that a person has comes without its queue. */
export const callRows = (state: Referral, policy: Policy) =>
  dutiesNow(state, policy).map(
    (deadline) =>
      ({
        kind: 'call',
        id: deadline.id,
        due: deadline.due,
        deadlineId: deadline.id,
        rule: deadline.rule,
        missed: deadline.missed ? 1 : 0,
        ...(deadline.subject !== undefined && { subject: deadline.subject }),
        ...(!someoneHas(state, deadline.id) && { queue: callQueue }),
      }) as const,
  );
