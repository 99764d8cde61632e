import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { hasTextsLeft, textsDue, textsLeft } from '../../shared/domain/alerts/alert-texts.ts';
import { urgencyOf } from '../../shared/domain/alerts/alert-urgency.ts';
import { isUnsettled, overdueMails } from '../../shared/domain/alerts/alert-watch.ts';
import type { AlertEvent, AlertLife } from '../../shared/domain/alerts/alerts.ts';
import { referralOf } from '../../shared/domain/core/ids.ts';
import type { Span } from '../../shared/domain/core/spans.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface WatchParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeAlert' | 'leasedIn'>;
  /**
   * Alerts that were found settled, each with its number of commits then. An alert stays settled until one of its mails
   * is leased again. It lives as long as the process, so that not every alert of two days is read every five minutes.
   */
  readonly settled: Map<string, number>;
  readonly policyOf: (version: string) => Policy;
}

/** An alert with overdue mail. */
interface Overdue {
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
  /** 2 for class now, 1 for class today, else 0. */
  readonly urgency: number;
}

/** The most that are remembered. The rest is found out again. */
const mostSettled = 20_000;

/**
 * Looks at the alerts with a leased mail in these spans, and records overdue mail and text messages. The commit nudges
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
  const overdue: Overdue[] = [];
  for (const [alertId, leasedAt] of leases) {
    if (leasedAt <= (settled.get(alertId) ?? 0)) continue;
    const found = await overdueIn(parts, alertId, context.now).catch(onFault);
    if (found) overdue.push(found);
  }
  let written = 0;
  for (const { alert, state, policy } of overdue.toSorted((one, other) => other.urgency - one.urgency)) {
    const life = await ledger
      .changeAlert(alert.id, context, (current) => overdueEvents(alert, state, policy, current, context.now), 'as-read')
      .catch(onFault);
    if (life) written += 1;
  }
  return written;
}

const overdueEvents = (
  alert: Alert,
  state: Referral,
  policy: Policy,
  life: AlertLife,
  now: string,
): readonly AlertEvent[] => [...overdueMails(alert, state, life, now), ...textsDue(alert, state, life, policy, now)];

/** The alert, if any of its mail is overdue. `now` is a UTC instant. */
async function overdueIn(
  { ledger, settled, policyOf }: WatchParts,
  alertId: string,
  now: string,
): Promise<Overdue | undefined> {
  const { life, commits } = await ledger.alert(alertId);
  // Most alerts are settled, so their referral need not be read.
  const settle = () => {
    settled.set(alertId, commits.length);
    return undefined;
  };
  if (!isUnsettled(life) && !hasTextsLeft(life)) return settle();
  const read = await ledger.referral(referralOf(alertId));
  const alert = read?.state.alerts[alertId];
  if (!read || !alert) return undefined;
  const { state } = read;
  const policy = policyOf(read.policy);
  // No text message follows mail that was answered in time.
  if (!isUnsettled(life) && textsLeft(alert, state, life, policy).length === 0) return settle();
  if (overdueEvents(alert, state, policy, life, now).length === 0) return undefined;
  return { alert, state, policy, urgency: urgencyOf(alert, state, policy) };
}
