import { type OutgoingParts, readOutgoing } from '../../shared/application/read/outgoing.ts';
import { hasTextsLeft, textsLeft } from '../../shared/domain/alerts/alert-texts.ts';
import { isUnsettled } from '../../shared/domain/alerts/alert-watch.ts';
import { isNotice, type Outgoing, overdueEvents, urgencyOfMail } from '../../shared/domain/alerts/outgoing.ts';
import type { Span } from '../../shared/domain/core/spans.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface WatchParts {
  readonly ledger: OutgoingParts['ledger'] & Pick<Ledger, 'alert' | 'changeAlert' | 'leasedIn'>;
  /**
   * Alerts that were found settled, each with its number of commits then. An alert stays settled until one of its mails
   * is leased again. It lives as long as the process, so that not every alert of two days is read every five minutes.
   */
  readonly settled: Map<string, number>;
  readonly policyOf: OutgoingParts['policyOf'];
}

/** The most that are remembered. The rest is found out again. */
const mostSettled = 20_000;

/**
 * Looks at the alerts and notices with a leased mail in these spans, and records overdue mail and text messages. The commit nudges
 * the function that sends. So alerts of class now come first, of all referrals, then those of class today. Gives how
 * many. One that cannot be looked at does not delay the others. `frame.now` is a UTC instant.
 */
export async function watchAlerts(
  parts: WatchParts,
  spans: readonly Span[],
  context: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<number> {
  const { ledger, settled } = parts;
  if (settled.size > mostSettled) settled.clear();
  const leases = new Map<string, number>();
  for (const leased of await Promise.all(spans.map((span) => ledger.leasedIn(span)))) {
    for (const [alertId, seq] of leased) leases.set(alertId, Math.max(seq, leases.get(alertId) ?? 0));
  }
  const overdue: Outgoing[] = [];
  for (const [alertId, leasedAt] of leases) {
    if (leasedAt <= (settled.get(alertId) ?? 0)) continue;
    const found = await overdueIn(parts, alertId, context.now).catch(onFault);
    if (found) overdue.push(found);
  }
  let written = 0;
  for (const about of overdue.toSorted((one, other) => urgencyOfMail(other) - urgencyOfMail(one))) {
    const life = await ledger
      .changeAlert(about.id, context, (current) => overdueEvents(about, current, context.now), 'as-read')
      .catch(onFault);
    if (life) written += 1;
  }
  return written;
}

/** The alert or notice, if any of its mail is overdue. `now` is a UTC instant. */
async function overdueIn(parts: WatchParts, alertId: string, now: string): Promise<Outgoing | undefined> {
  const { ledger, settled } = parts;
  const { life, commits } = await ledger.alert(alertId);
  // Most alerts are settled, so their referral need not be read.
  const settle = () => {
    settled.set(alertId, commits.length);
    return undefined;
  };
  if (!isUnsettled(life) && !hasTextsLeft(life)) return settle();
  const about = await readOutgoing(parts, alertId);
  if (!about) return undefined;
  // No text message follows mail that was answered in time.
  const hasText = !isNotice(about) && textsLeft(about.alert, about.state, life, about.policy).length > 0;
  if (!isUnsettled(life) && !hasText) return settle();
  return overdueEvents(about, life, now).length === 0 ? undefined : about;
}
