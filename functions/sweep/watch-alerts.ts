import { type OutgoingParts, readOutgoing } from '../../shared/application/read/read-outgoing.ts';
import { hasTextsLeft, textsLeft } from '../../shared/domain/alerts/alert-texts.ts';
import { isUnsettled } from '../../shared/domain/alerts/alert-watch.ts';
import { isNotice, type Outgoing, overdueEvents, urgencyOfMail } from '../../shared/domain/alerts/outgoing.ts';
import { aboutReferral, type Finding } from '../../shared/domain/audit/findings.ts';
import { roundAt } from '../../shared/domain/board/watchdog-turns.ts';
import type { Span } from '../../shared/domain/core/spans.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';

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
 * many. One that cannot be looked at does not delay the others. `context.now` is a UTC instant. `hasTime`: for one more.
 */
export async function watchAlerts(
  parts: WatchParts,
  spans: readonly Span[],
  context: CommitContext,
  onFault: (fault: unknown) => void,
  hasTime = () => true,
): Promise<number> {
  const { ledger, settled } = parts;
  if (settled.size > mostSettled) settled.clear();
  const leases = new Map<string, number>();
  for (const leased of await Promise.all(spans.map((span) => ledger.leasedIn(span)))) {
    for (const [alertId, seq] of leased) leases.set(alertId, Math.max(seq, leases.get(alertId) ?? 0));
  }
  const overdue: Outgoing[] = [];
  const open = [...leases].filter(([alertId, leasedAt]) => leasedAt > (settled.get(alertId) ?? 0));
  // Thousands of rows of the index may be forged. So a round has its time, and each begins at another place.
  const begin = (roundAt(context.now) * 997) % Math.max(1, open.length);
  for (const [alertId] of [...open.slice(begin), ...open.slice(0, begin)]) {
    if (!hasTime()) break;
    const found = await overdueIn(parts, alertId, context.now).catch(onFault);
    if (found) overdue.push(found);
  }
  let written = 0;
  for (const about of overdue.toSorted((one, other) => urgencyOfMail(other) - urgencyOfMail(one))) {
    if (await recordOverdue(parts, about, context).catch(onFault)) written += 1;
  }
  return written;
}

export interface IndexWatchParts extends WatchParts {
  readonly ledger: WatchParts['ledger'] & Pick<Ledger, 'openedIn'>;
}

const instantOf = (at: string): Span => ({
  from: new Date(at).toISOString(),
  before: new Date(Date.parse(at) + 1).toISOString(),
});

/**
 * Looks at the alerts of a referral by its own record. The index of leases may lack one, because its entries are attributes
 * that no hash covers. Overdue mail is recorded as in `watchAlerts`. `isWhole`: also the alerts that were settled. Gives
 * a finding where the index lacks an entry. `context.now` is a UTC instant.
 */
export async function watchIndex(
  parts: IndexWatchParts,
  { state, commits }: ReferralRead,
  isWhole: boolean,
  context: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<readonly Finding[]> {
  const { ledger, settled } = parts;
  const finding = { what: 'chain-broken', about: aboutReferral(state.id, state) } as const;
  const found: Finding[] = [];
  for (const alertId of Object.keys(state.alerts)) {
    if (!isWhole && settled.has(alertId)) continue;
    const about = await overdueIn(parts, alertId, context.now).catch(onFault);
    if (!about) continue;
    const leased = (await ledger.alert(alertId)).commits.findLast(({ events }) =>
      events.some(({ type }) => type === 'alert-leased'),
    );
    if (leased && !(await ledger.leasedIn(instantOf(leased.at))).has(alertId)) found.push(finding);
    await recordOverdue(parts, about, context).catch(onFault);
  }
  const [first] = commits;
  if (isWhole && first && !(await ledger.openedIn(instantOf(first.at))).includes(state.id)) found.push(finding);
  return found;
}

/** Records what is overdue of this mail. The commit nudges the function that sends. */
const recordOverdue = ({ ledger }: WatchParts, about: Outgoing, context: CommitContext) =>
  ledger.changeAlert(about.id, context, (current) => overdueEvents(about, current, context.now), 'as-read');

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
