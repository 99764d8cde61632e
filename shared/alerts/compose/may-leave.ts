/**
 * Whether a mail may leave, and if not, why. These are pure functions of values. Ask them in this order, which is the
 * order of the sender:
 *
 * 1. `isOver`: the alert or notice needs no mail any more.
 * 2. `waitsTill`: it waits for the digest or the end of the quiet hours.
 * 3. `whyNotToGroup`: this recipient group needs no mail about it.
 * 4. `whyNotTo`: this person must not hear of it.
 * 5. `outstanding` (recipients.ts): another person of the group has the mail, or this person's mail failed before. The
 *    limit of mails about a deadline is applied before, in `groupsOf` there.
 * 6. `mayStillLeave`: what came between the lease and the sending.
 * 7. `leaksIn` (guard.ts): the finished mail holds what must not leave.
 */

import { isShutTo } from '../../domain/access/seal.ts';
import { groupOf } from '../../domain/alerts/addressed-as.ts';
import { traitsOf } from '../../domain/alerts/alert-kinds.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { digestFor, waitsUntil } from '../../domain/alerts/alert-waiting.ts';
import { isObsolete, isSettledFor } from '../../domain/alerts/alert-watch.ts';
import type { Delivery } from '../../domain/alerts/alerts.ts';
import { isCall, ringingFor } from '../../domain/alerts/call-rounds.ts';
import { isNotice, type Outgoing } from '../../domain/alerts/outgoing.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasConflict } from '../../domain/team/seats.ts';

/**
 * Whether it needs no mail any more. Its deadline is closed, each group has answered, or a later alert replaces it. A
 * notice that is over is not read at all.
 */
export const isOver = (about: Outgoing): boolean => !isNotice(about) && isObsolete(about.alert, about.state);

/**
 * Until when its mail waits at `now`, both UTC instants: the next digest, or the end of the quiet hours. Undefined
 * where it waits for nothing, as every notice does.
 */
export const waitsTill = (about: Outgoing, now: string): string | undefined =>
  isNotice(about) ? undefined : waitsUntil(about.alert, about.state, about.policy, now);

/**
 * The digest for which mail to the next person waits, after mail to the first failed or is late. Undefined where it
 * waits for nothing: quiet hours do not delay it. Instants are UTC.
 */
export const nextWaitsTill = (about: Outgoing, now: string): string | undefined =>
  isNotice(about) ? undefined : digestFor(about.alert, about.state, about.policy, now);

/**
 * Why a recipient group gets no mail about the alert. `known`: a person of it has acknowledged, or did what the alert
 * tells of. `settled`: it has done what the alert asks, or a later alert replaces this one for it.
 */
export function whyNotToGroup(
  { addressedAs, people }: { readonly addressedAs: string; readonly people: readonly { readonly personId: string }[] },
  alert: Alert,
  state: Referral,
): 'known' | 'settled' | undefined {
  const acknowledged = [alert.acknowledgedBy, ...(alert.acknowledgements ?? []).map(({ by }) => by)];
  const knows = [...acknowledged, ...(traitsOf[alert.kind].isKnownToActor ? [alert.requestedBy] : [])];
  if (people.some(({ personId }) => knows.includes(personId))) return 'known';
  return isSettledFor(groupOf(addressedAs), alert, state) ? 'settled' : undefined;
}

/** Why this person gets no mail about a referral: a conflict of interest, or a seal without their name. */
export function whyNotTo(personId: string, state: Referral): 'conflict' | 'sealed' | undefined {
  if (hasConflict(state, personId)) return 'conflict';
  return isShutTo(state, personId) ? 'sealed' : undefined;
}

/**
 * Whether a leased mail may leave, by `about` as it was read a moment ago. Undefined stands for a notice that is over,
 * or an alert that is unknown. A call leaves while a duty rings that this person is called about.
 */
export const mayStillLeave = (
  about: Outgoing | undefined,
  { personId, addressedAs, also }: Pick<Delivery, 'personId' | 'addressedAs'> & { readonly also: readonly string[] },
): about is Outgoing => {
  if (about === undefined || isOver(about)) return false;
  if (isNotice(about)) return true;
  const { alert, state } = about;
  const isAnswered = isCall(alert) && ringingFor(alert, [addressedAs, ...also].map(groupOf), state).length === 0;
  return !isAnswered && !isShutTo(state, personId);
};
