/** Whether a referral has changed, in a way that matters, since the person read it. */

import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Event } from '../../domain/events.ts';
import { fold } from '../../domain/fold.ts';
import type { Referral } from '../../domain/referral.ts';
import { canonical } from '../../store/canonical.ts';
import type { ReferralRead } from '../../store/ledger.ts';

/**
 * The sequence number that a person saw. A client names the numbers it accepts (`exactly`), and any other counts as moved. A page
 * always sends the number that it showed (`shown`). Delivered mail and reminders raise the number every few minutes. So for a
 * page, a change counts only where the command decides otherwise by it. So does one of what it replaces or agrees to (`restsOn`).
 */
export type Seen = { readonly exactly: readonly number[] } | { readonly shown: number };

/** The referral at this sequence number. Undefined before its first commit. */
export const stateAt = ({ state, commits }: ReferralRead, seq: number): Referral | undefined =>
  fold(state.id, commits.slice(0, Math.max(0, seq)));

/** Whether another person acted since. Acts of the workflow do not count: they follow from what this person saw. */
export const someoneElseActed = ({ commits }: ReferralRead, since: number, personId: string): boolean =>
  commits.slice(Math.max(0, since)).some(({ actor }) => actor.kind === 'person' && actor.id !== personId);

/** An alert's number depends on how many came before, and makes no difference to people. */
const withoutNumber = (event: Event) =>
  event.type === 'alert-requested' || event.type === 'appointment-told' ? { ...event, alertId: '' } : event;

/** True where the command decides the same then and now, so that nothing in between matters to it. */
export const comesToTheSame = (then: readonly Event[] | Refusal, now: readonly Event[]): boolean =>
  !isRefusal(then) && canonical(then.map(withoutNumber)) === canonical(now.map(withoutNumber));
