import { isUnsettled, overdueMails } from '../../shared/domain/alert-watch.ts';
import { referralOf } from '../../shared/domain/ids.ts';
import type { Frame, Ledger } from '../../shared/store/ledger.ts';

export interface WatchParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeAlert' | 'claimedIn'>;
}

/**
 * Looks at the alerts of which a mail was claimed in these hours, and writes down what is overdue in them: the commit is the
 * nudge for whoever sends. Gives how many. One that cannot be looked at does not hold up the others. `frame.now` is a UTC instant.
 */
export async function watchAlerts(
  { ledger }: WatchParts,
  hours: readonly string[],
  frame: Frame,
  onFault: (fault: unknown) => void,
): Promise<number> {
  const claimed = await Promise.all(hours.map((hour) => ledger.claimedIn(hour)));
  let found = 0;
  for (const alertId of new Set(claimed.flat())) {
    const watched = await watchAlert(ledger, alertId, frame).catch(onFault);
    if (watched) found += 1;
  }
  return found;
}

/** Whether anything was overdue. */
async function watchAlert(ledger: WatchParts['ledger'], alertId: string, frame: Frame): Promise<boolean> {
  const { life } = await ledger.alert(alertId);
  // Most are settled, and their referral need not be read.
  if (!isUnsettled(life)) return false;
  const state = (await ledger.referral(referralOf(alertId)))?.state;
  const alert = state?.alerts[alertId];
  if (!state || !alert || overdueMails(alert, state, life, frame.now).length === 0) return false;
  await ledger.changeAlert(alertId, frame, (current) => overdueMails(alert, state, current, frame.now));
  return true;
}
