/** Step 3: the lease. Of several senders that find the same unsent mail, one gets it. */
import type { LeaseTerms, planLetters } from '../../shared/alerts/compose/letters.ts';
import { type Addressee, outstanding } from '../../shared/alerts/compose/recipients.ts';
import { isTexted } from '../../shared/domain/alerts/alert-texts.ts';
import type { AlertEvent, AlertLife, DeferralEndReason, LetterOfLease } from '../../shared/domain/alerts/alerts.ts';
import { isNotice, leaseEndOf, type Outgoing } from '../../shared/domain/alerts/outgoing.ts';
import { isBefore } from '../../shared/domain/core/instants.ts';
import type { Task } from './address.ts';
import { frameAt, type SendParts } from './send-parts.ts';

/** A mail that this call sends. */
export interface Leased {
  readonly task: Task;
  readonly about: Outgoing;
  readonly recipient: Addressee;
  /** The token of the lease, without which the outcome is not recorded. */
  readonly token: number;
  /** The letter that it is of. Undefined for a mail about one alert or notice. */
  readonly letter: LetterOfLease | undefined;
}

interface Leasing {
  /** Which alerts and notices are one mail. */
  readonly plan: ReturnType<typeof planLetters>;
  /** Why deferred people need not wait any more. Undefined where they keep waiting. */
  readonly frees?: DeferralEndReason | undefined;
  /** Only for this person. */
  readonly whom?: string;
  /** If the alert may wait: until when, and who gets a mail now all the same. */
  readonly holds?: { readonly until: string; readonly riders: ReadonlySet<string> } | undefined;
}

/** One person of its recipient group gets a notice. */
const noDeputies = { deputies: false } as const;

const askedOf = (about: Outgoing) => (isNotice(about) ? noDeputies : about.alert);

/** What makes the event of a lease. */
const leaseEvent = ({ texter }: SendParts, about: Outgoing) => {
  const texts = texter !== undefined && !isNotice(about) && isTexted(about.alert, about.state, about.policy);
  return (
    { personId, addressedAs, order, also, mailFails, hasTextPhone }: Addressee,
    { until, letter }: LeaseTerms,
  ): AlertEvent => ({
    type: 'alert-leased',
    v: 1,
    personId,
    addressedAs,
    order,
    until,
    ...(also.length > 0 && { also: [...also] }),
    ...(texts && hasTextPhone && { texts: true as const }),
    ...(mailFails && { mailFails }),
    ...(letter && { letter }),
  });
};

const leasedMail = (task: Task, recipient: Addressee, { tokens, letters }: AlertLife): Leased => ({
  task,
  about: task.about,
  recipient,
  token: tokens[recipient.personId] ?? 0,
  letter: letters[recipient.personId],
});

/** The letter of a mail to this person that may have been sent, so that it must be repeated whole. */
export const letterInDoubt = ({ leases, letters }: AlertLife, personId: string): LetterOfLease | undefined =>
  leases[personId]?.doubtful ? letters[personId] : undefined;

/**
 * Leases the mails of one alert or notice that are still to be sent. Two senders may find the same unsent mail. The
 * conditional append lets one of them lease it. Its place in the chain is the token of the lease. The watchdog ends a
 * lease that expired, unless the mail service has news of the mail before. A mail of a letter in doubt is left to
 * `leaseAgain`. `now` is a UTC instant.
 */
export async function lease(
  parts: SendParts,
  task: Task,
  now: string,
  { plan, frees, whom, holds }: Leasing,
): Promise<readonly Leased[]> {
  const { ledger, countUnreachable } = parts;
  const { about, groups } = task;
  const asked = askedOf(about);
  const eventOf = leaseEvent(parts, about);
  const alone = { until: leaseEndOf(about, now) };
  let mine: readonly Addressee[] = [];
  let waiting: readonly Addressee[] = [];
  let unreached = 0;
  const isMine = ({ personId }: { readonly personId: string }) => whom === undefined || personId === whom;
  // A mail that was tried before waits no more.
  const mayHold = ({ leases }: AlertLife, { personId }: Addressee) =>
    holds !== undefined && !holds.riders.has(personId) && leases[personId] === undefined;
  const life = await ledger.changeAlert(
    about.id,
    frameAt(now),
    (before) => {
      const freed = frees === undefined ? [] : Object.keys(before.deferred);
      const { write, exhausted } = outstanding(groups, freed.length > 0 ? { ...before, deferred: {} } : before, asked);
      const own = write.filter((each) => isMine(each) && letterInDoubt(before, each.personId) === undefined);
      // A mail in doubt was alone, and is repeated alone.
      const termsFor = ({ personId, repeat }: Addressee) => (repeat ? undefined : plan(about.id, personId)) ?? alone;
      mine = own.filter((each) => !mayHold(before, each));
      waiting = own.filter((each) => mayHold(before, each));
      unreached = exhausted.length;
      // Each deferred person is freed with their own mail. People who need no mail any more are freed with any.
      const isWritten = (personId: string) => write.some((each) => each.personId === personId);
      const over = freed.filter((personId) => (isWritten(personId) ? isMine({ personId }) : task.isWhole));
      return [
        ...over.map(
          (personId): AlertEvent => ({ type: 'alert-deferral-ended', v: 1, personId, because: frees ?? 'digest' }),
        ),
        ...exhausted.map((addressedAs): AlertEvent => ({ type: 'alert-exhausted', v: 1, addressedAs })),
        ...mine.map((each) => eventOf(each, termsFor(each))),
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
        return write
          .filter((each) => mayHold(current, each))
          .map(
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
  return mine.map((recipient) => leasedMail(task, recipient, life));
}

/**
 * Leases the mail to this person about one alert of a letter once more. `held`: another sender has it, and so the whole
 * letter. Undefined where it is not of the letter, or the person needs no mail about it any more. A lease that expired
 * ends here, because the watchdog ends those of one letter one after the other. `now` is a UTC instant.
 */
export async function leaseAgain(
  parts: SendParts,
  task: Task,
  personId: string,
  terms: LeaseTerms & { readonly letter: LetterOfLease },
  now: string,
): Promise<Leased | 'held' | undefined> {
  const { about, groups } = task;
  const eventOf = leaseEvent(parts, about);
  let found: Addressee | undefined;
  let isHeld = false;
  const life = await parts.ledger.changeAlert(about.id, frameAt(now), (before) => {
    const given = before.leases[personId];
    found = undefined;
    isHeld = false;
    if (!given || before.letters[personId]?.ids.join(' ') !== terms.letter.ids.join(' ')) return [];
    isHeld = given.status === 'open' && isBefore(now, given.until);
    if (isHeld) return [];
    const lapsed = given.status === 'open' ? ({ ...given, status: 'lapsed', doubtful: true } as const) : given;
    const { write } = outstanding(
      groups,
      { ...before, leases: { ...before.leases, [personId]: lapsed } },
      askedOf(about),
    );
    found = write.find((each) => each.personId === personId);
    if (!found) return [];
    const ended: AlertEvent[] = given.status === 'open' ? [{ type: 'alert-lapsed', v: 1, personId }] : [];
    return [...ended, eventOf(found, terms)];
  });
  if (isHeld) return 'held';
  return found && leasedMail(task, found, life);
}
