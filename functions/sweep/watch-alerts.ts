import { isUnsettled, overdueMails } from '../../shared/domain/alert-watch.ts';
import { referralOf } from '../../shared/domain/ids.ts';
import type { Frame, Ledger } from '../../shared/store/ledger.ts';

export interface WatchParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeAlert' | 'claimedIn'>;
  /**
   * Alerts that were found settled, each with the number of its commits then: it is so until a mail of it is claimed again.
   * Kept between sweeps where the process lives on, so that not every alert of two days is read every five minutes.
   */
  readonly settled: Map<string, number>;
}

/** Beyond so many, what is known is forgotten, and found out again. */
const mostSettled = 20_000;

/**
 * Looks at the alerts of which a mail was claimed in these hours, and writes down what is overdue in them: the commit is the
 * nudge for whoever sends. Gives how many. One that cannot be looked at does not hold up the others. `frame.now` is a UTC instant.
 */
export async function watchAlerts(
  { ledger, settled }: WatchParts,
  hours: readonly string[],
  frame: Frame,
  onFault: (fault: unknown) => void,
): Promise<number> {
  if (settled.size > mostSettled) settled.clear();
  const claims = new Map<string, number>();
  for (const claimed of await Promise.all(hours.map((hour) => ledger.claimedIn(hour)))) {
    for (const [alertId, seq] of claimed) claims.set(alertId, Math.max(seq, claims.get(alertId) ?? 0));
  }
  let found = 0;
  for (const [alertId, claimedAt] of claims) {
    if (claimedAt <= (settled.get(alertId) ?? 0)) continue;
    const watched = await watchAlert({ ledger, settled }, alertId, frame).catch(onFault);
    if (watched) found += 1;
  }
  return found;
}

/** Whether anything was overdue. */
async function watchAlert({ ledger, settled }: WatchParts, alertId: string, frame: Frame): Promise<boolean> {
  const { life, commits } = await ledger.alert(alertId);
  // Most are settled, and their referral need not be read.
  if (!isUnsettled(life)) {
    settled.set(alertId, commits.length);
    return false;
  }
  const state = (await ledger.referral(referralOf(alertId)))?.state;
  const alert = state?.alerts[alertId];
  if (!state || !alert || overdueMails(alert, state, life, frame.now).length === 0) return false;
  await ledger.changeAlert(alertId, frame, (current) => overdueMails(alert, state, current, frame.now));
  return true;
}
