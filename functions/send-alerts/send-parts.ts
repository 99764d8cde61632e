/** What the steps of the outbox are given. Only handler.ts makes it of real services. */
import type { Leak } from '../../shared/alerts/compose/guard.ts';
import type { Mailer } from '../../shared/alerts/send/mailer.ts';
import type { Texter } from '../../shared/alerts/send/texter.ts';
import type { AlertDirectory } from '../../shared/application/read/contacts.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface SendParts {
  readonly ledger: Pick<
    Ledger,
    | 'referral'
    | 'stateAfter'
    | 'alert'
    | 'changeAlert'
    | 'changeReferral'
    | 'draft'
    | 'draftNews'
    | 'findings'
    | 'roster'
    | 'shifts'
    | 'agreements'
  >;
  readonly cursors: Pick<Cursors, 'progress' | 'advance'>;
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  /** Undefined where the deployment sends no text messages. */
  readonly texter?: Texter | undefined;
  readonly policyOf: (version: string) => Policy;
  readonly consoleUrl: string;
  /** The address that mail comes from. */
  readonly sender: string;
  /** Counts an alert or notice without any reachable recipient. */
  readonly countUnreachable: () => void;
  readonly countSeatsNotReached: (seats: number) => void;
  /**
   * Counts urgent mails for the service level, by the instants that they are measured from. They were accepted just now,
   * or never will be. Only a deployment measures.
   */
  readonly countUrgent?: (requestedAt: readonly string[], accepted: boolean) => void;
  /** Counts a mail that the guard withheld. */
  readonly countWithheld: (alertId: string, leaks: readonly Leak[]) => void;
}

export const frameAt = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'send-alerts' },
  cause: { kind: 'delivery' },
});

/** Waits for some work and adds its fault to `faults`. One mail that cannot be sent does not delay the others. */
export const attemptInto =
  (faults: unknown[]) =>
  <Found>(work: Promise<Found>): Promise<Found | undefined> =>
    work.catch((fault: unknown) => void faults.push(fault));
