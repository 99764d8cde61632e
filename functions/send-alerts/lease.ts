/** Step 3: the lease. Of several senders that find the same unsent mail, one gets it. */
import { type Addressee, outstanding } from '../../shared/alerts/compose/recipients.ts';
import { isTexted } from '../../shared/domain/alerts/alert-texts.ts';
import type { AlertEvent, DeferralEndReason } from '../../shared/domain/alerts/alerts.ts';
import { isNotice, leaseEndOf, type Outgoing } from '../../shared/domain/alerts/outgoing.ts';
import type { Task } from './address.ts';
import { frameAt, type SendParts } from './send-parts.ts';

/** A mail that this call sends. */
export interface Leased {
  readonly task: Task;
  readonly about: Outgoing;
  readonly recipient: Addressee;
  /** The token of the lease, without which the outcome is not recorded. */
  readonly token: number;
}

interface Leasing {
  /** Why deferred people need not wait any more. Undefined where they keep waiting. */
  readonly frees?: DeferralEndReason | undefined;
  /** Only for this person. */
  readonly whom?: string;
  /** If the alert may wait: until when, and who gets a mail now all the same. */
  readonly holds?: { readonly until: string; readonly riders: ReadonlySet<string> } | undefined;
}

/** One person of its recipient group gets a notice. */
const noDeputies = { deputies: false } as const;

/**
 * Leases the mails of one alert or notice that are still to be sent. Two senders may find the same unsent mail. The
 * conditional append lets one of them lease it. Its place in the chain is the token of the lease. The watchdog ends a
 * lease that expired, unless the mail service has news of the mail before. `now` is a UTC instant.
 */
export async function lease(
  { ledger, texter, countUnreachable }: SendParts,
  task: Task,
  now: string,
  { frees, whom, holds }: Leasing = {},
): Promise<readonly Leased[]> {
  const { about, groups } = task;
  const asked = isNotice(about) ? noDeputies : about.alert;
  const texts = texter !== undefined && !isNotice(about) && isTexted(about.alert, about.state, about.policy);
  const until = leaseEndOf(about, now);
  let mine: readonly Addressee[] = [];
  let waiting: readonly Addressee[] = [];
  let unreached = 0;
  const isMine = ({ personId }: { readonly personId: string }) => whom === undefined || personId === whom;
  const mayHold = ({ personId }: Addressee) => holds !== undefined && !holds.riders.has(personId);
  const life = await ledger.changeAlert(
    about.id,
    frameAt(now),
    (before) => {
      const freed = frees === undefined ? [] : Object.keys(before.deferred);
      const { write, exhausted } = outstanding(groups, freed.length > 0 ? { ...before, deferred: {} } : before, asked);
      const own = write.filter(isMine);
      mine = own.filter((each) => !mayHold(each));
      waiting = own.filter(mayHold);
      unreached = exhausted.length;
      // Each deferred person is freed with their own mail. People who need no mail any more are freed with any.
      const isWritten = (personId: string) => write.some((each) => each.personId === personId);
      const over = freed.filter((personId) => (isWritten(personId) ? isMine({ personId }) : task.isWhole));
      return [
        ...over.map(
          (personId): AlertEvent => ({ type: 'alert-deferral-ended', v: 1, personId, because: frees ?? 'digest' }),
        ),
        ...exhausted.map((addressedAs): AlertEvent => ({ type: 'alert-exhausted', v: 1, addressedAs })),
        ...mine.map(
          ({ personId, addressedAs, order, also, mailFails, hasTextPhone = false }): AlertEvent => ({
            type: 'alert-leased',
            v: 1,
            personId,
            addressedAs,
            order,
            until,
            ...(also.length > 0 && { also: [...also] }),
            ...(texts && hasTextPhone && { texts }),
            ...(mailFails && { mailFails }),
          }),
        ),
      ];
    },
    'as-known',
  );
  // The referral tells of an alert that reaches no one (record.ts). A notice has no referral.
  if (isNotice(about) && unreached > 0) countUnreachable();
  if (holds && waiting.length > 0) {
    // A commit of its own, because the mail is found by the hour in which it goes out.
    await ledger.changeAlert(
      about.id,
      frameAt(now),
      (current) => {
        const { write } = outstanding(groups, current, asked);
        return write.filter(mayHold).map(
          ({ personId, addressedAs, order }): AlertEvent => ({
            type: 'alert-deferred',
            v: 1,
            personId,
            addressedAs,
            order,
            until: holds.until,
          }),
        );
      },
      'as-read',
    );
  }
  return mine.map((recipient) => ({ task, about, recipient, token: life.tokens[recipient.personId] ?? 0 }));
}
